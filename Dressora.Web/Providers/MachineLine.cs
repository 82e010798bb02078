using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers;

/// <summary>
/// Talks to a machine that speaks the worker's protocol: jobs go to it signed, and what it calls back is believed when it
/// signed that. The same job twice is one job there.
/// </summary>
internal sealed partial class MachineLine(Wire wire, TimeProvider clock, ILogger<MachineLine> log)
{
    /// <summary>Results may come within the answer, as text.</summary>
    private static readonly WireLimits Status = new(TimeSpan.FromSeconds(60), 64 * 1024 * 1024);

    internal async Task<Submission> SubmitAsync(
        Machine machine, ProviderRequest request, Uri? previewReady, Uri? callback, CancellationToken cancel)
    {
        var body = JsonBody.Bytes(Invocation(request, previewReady, callback));
        Heard heard;
        try
        {
            heard = await AskAsync(machine, HttpMethod.Post, "/jobs", request.JobId, body, WireLimits.Upload, cancel);
        }
        catch (OperationCanceledException)
        {
            return new Submission.Unknown("This server stopped while it was asking.");
        }

        return heard switch
        {
            Heard.Answer { IsGood: true, Json: { } said } => Accepted(machine, request.JobId, said),
            Heard.Answer { IsGood: true } => new Submission.Unknown("The answer could not be read."),
            Heard.Answer answer => new Submission.Rejected(MachineWords.Error(answer)),
            Heard.Nothing { MayHaveArrived: false } nothing => new Submission.Rejected(nothing.Error),
            _ => new Submission.Unknown(((Heard.Nothing)heard).Error.Message),
        };
    }

    internal async Task<Snapshot> PollAsync(Machine machine, string jobId, CancellationToken cancel)
    {
        var heard = await AskAsync(machine, HttpMethod.Get, Path(jobId), jobId, [], Status, cancel);
        return heard switch
        {
            Heard.Answer { IsGood: true, Json: { } said } => Noted(MachineWords.Read(said, machine)),
            Heard.Answer { IsGood: true } => Snapshot.Unclear(WireErrors.Garbage),
            Heard.Answer { Status: 404, Json: not null } answer => Snapshot.Failed(
                MachineWords.Error(answer) with { Class = ErrorClass.Transient, Code = "not_found" }),
            Heard.Answer answer => Snapshot.Unclear(MachineWords.Error(answer)),
            _ => Snapshot.Unclear(((Heard.Nothing)heard).Error),
        };
    }

    internal Callback Read(Machine machine, CallbackCall call)
    {
        var fault = CallSignature.Fault(
            machine.Secrets, call.JobId, call.Header(CallSignature.TimestampHeader), call.Header(CallSignature.SignatureHeader),
            call.Body.Span, call.ReceivedAt);
        if (fault is not null)
            return new Callback.Forged(fault);
        if (LooseJson.Read(call.Body) is not { } said)
            return new Callback.Hint();
        return said.Text("jobId") is { } id && id != call.JobId
            ? new Callback.Forged("It is about another job.")
            : new Callback.Verified(Noted(MachineWords.Read(said, machine)), call.Header(CallSignature.SignatureHeader));
    }

    internal async Task<Cancellation> CancelAsync(Machine machine, string jobId, CancellationToken cancel) =>
        await AskAsync(machine, HttpMethod.Delete, Path(jobId), jobId, [], WireLimits.Usual, cancel) switch
        {
            Heard.Answer { IsGood: true } => Cancellation.Requested,
            Heard.Answer { Status: 405 or 501 } => Cancellation.Unsupported,
            _ => Cancellation.TooLate,
        };

    internal async Task<ProviderError?> TestKeyAsync(Machine machine, CancellationToken cancel) =>
        await AskAsync(machine, HttpMethod.Get, "/health", "health", [], WireLimits.Usual, cancel) switch
        {
            Heard.Answer { IsGood: true } => null,
            Heard.Answer answer => MachineWords.Error(answer),
            var nothing => ((Heard.Nothing)nothing).Error,
        };

    internal async Task<Stream?> OpenResultAsync(Machine machine, Uri address, CancellationToken cancel)
    {
        if (!machine.Holds(address))
            return null;
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        CallSignature.Sign(request, machine.Secrets[0], "result", [], clock.GetUtcNow());
        return await wire.OpenAsync(machine.Client, request, WireLimits.Usual, cancel);
    }

    private static string Path(string jobId) => "/jobs/" + Uri.EscapeDataString(jobId);

    private Submission Accepted(Machine machine, string jobId, JsonElement said)
    {
        var snapshot = said.Child("status") is null ? null : Noted(MachineWords.Read(said, machine));
        return snapshot switch
        {
            { State: SnapshotState.Succeeded } => new Submission.Finished(snapshot),
            { State: SnapshotState.Failed } => new Submission.Rejected(snapshot.Error!),
            _ => new Submission.Accepted(jobId, jobId, said.Seconds("waitSeconds")),
        };
    }

    private Snapshot Noted(Snapshot snapshot)
    {
        if (snapshot is { State: SnapshotState.Unclear, Error: { } error })
            Log.UnknownStatus(log, error.Message);
        return snapshot;
    }

    private async Task<Heard> AskAsync(
        Machine machine, HttpMethod method, string path, string subject, byte[] body, WireLimits limits, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, machine.At(path));
        CallSignature.Sign(request, machine.Secrets[0], subject, body, clock.GetUtcNow());
        if (body.Length > 0)
            request.Content = JsonBody.Of(body);
        return await wire.AskAsync(machine.Client, request, limits, cancel);
    }

    private static JsonObject Invocation(ProviderRequest request, Uri? previewReady, Uri? callback) => new()
    {
        ["jobId"] = request.JobId,
        ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(request.Kind.ToString()),
        ["model"] = request.Model,
        ["parameters"] = request.Parameters.DeepClone(),
        ["inputs"] = new JsonArray([.. request.Inputs.Select(Input)]),
        ["previewReady"] = previewReady?.AbsoluteUri,
        ["callback"] = callback?.AbsoluteUri,
        ["deadline"] = request.Deadline.ToUnixTimeSeconds(),
    };

    private static JsonNode Input(ProviderInput input) => new JsonObject
    {
        ["role"] = input.Role,
        ["mime"] = input.Mime,
        ["base64"] = Convert.ToBase64String(input.Bytes.Span),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A worker: {Why}")]
        public static partial void UnknownStatus(ILogger logger, string why);
    }
}
