using System.Collections.Concurrent;
using System.Text.Json;
using Dressora.Web.Providers;

namespace Dressora.Tests.Harness;

/// <summary>A maker without a wire: it does what a test says, and remembers what it was asked.</summary>
public sealed class ScriptedMaker(string name = "sandbox") : IProvider
{
    public const string Signature = "X-Scripted";
    public static readonly ProviderError Down = new(ErrorClass.Transient, "down", "It is down.");

    private readonly ConcurrentQueue<ProviderRequest> _asked = new();
    private readonly ConcurrentQueue<string> _cancelled = new();
    private readonly ConcurrentQueue<string> _polled = new();

    public string Name => name;
    public ProviderTraits Traits { get; set; } = new(CallbackTrust.Proof, HonoursKeys: false, CanCancel: true, []);
    public bool IsReady { get; set; } = true;
    public IReadOnlyCollection<ProviderRequest> Asked => _asked;
    public IReadOnlyCollection<string> Cancelled => _cancelled;
    public IReadOnlyCollection<string> Polled => _polled;

    public Func<ProviderRequest, Task<Submission>> OnSubmit { get; set; } =
        request => Task.FromResult<Submission>(new Submission.Accepted("ext-" + request.JobId, "poll-" + request.JobId));

    public Func<string, Snapshot> OnPoll { get; set; } = _ => Made();

    public Func<string, Task<Cancellation>> OnCancel { get; set; } = _ => Task.FromResult(Cancellation.Requested);

    /// <summary>What a call says, signed as it should be.</summary>
    public static string Says(string state, int outputs = 1) => JsonSerializer.Serialize(new { state, outputs });

    public static Snapshot Made(int outputs = 1) =>
        new(SnapshotState.Succeeded, Finals: [.. Enumerable.Range(0, outputs).Select(_ => new ProviderOutput(null, Drawing.Png()))]);

    public static Snapshot Running(int? progress = null) => new(SnapshotState.Running, progress);

    public void Answers(Submission submission) => OnSubmit = _ => Task.FromResult(submission);

    public void AnswersInTurn(params Submission?[] submissions)
    {
        var (turn, otherwise) = (-1, OnSubmit);
        OnSubmit = request => Interlocked.Increment(ref turn) is var now && now < submissions.Length && submissions[now] is { } one
            ? Task.FromResult(one)
            : otherwise(request);
    }

    public Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel)
    {
        _asked.Enqueue(request);
        return OnSubmit(request);
    }

    public Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel)
    {
        _polled.Enqueue(pollReference);
        return Task.FromResult(OnPoll(pollReference));
    }

    public Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel)
    {
        if (Traits.Callback == CallbackTrust.Hint)
            return Task.FromResult<Callback>(new Callback.Hint());
        if (call.Header(Signature) != "good")
            return Task.FromResult<Callback>(new Callback.Forged("no signature"));
        using var body = JsonDocument.Parse(call.Body);
        var state = Enum.Parse<SnapshotState>(body.RootElement.GetProperty("state").GetString()!);
        var outputs = body.RootElement.GetProperty("outputs").GetInt32();
        return Task.FromResult<Callback>(new Callback.Verified(
            state == SnapshotState.Succeeded ? Made(outputs)
            : state == SnapshotState.Failed ? Snapshot.Failed(new(ErrorClass.Transient, "failed", "It failed."))
            : new Snapshot(state)));
    }

    public Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel)
    {
        _cancelled.Enqueue(pollReference);
        return OnCancel(pollReference);
    }

    public Task<ProviderError?> TestKeyAsync(CancellationToken cancel) => Task.FromResult<ProviderError?>(null);
}
