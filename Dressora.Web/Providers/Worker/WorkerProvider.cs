using Microsoft.Extensions.Options;

namespace Dressora.Web.Providers.Worker;

/// <summary>A machine of the owner's own. It calls back at the addresses of the job itself.</summary>
internal sealed class WorkerProvider(MachineLine line, IOptionsMonitor<ProviderOptions> options) : IProvider, IFetchesResults
{
    internal const string Client = "worker";
    private static readonly ProviderError NotSetUp = new(ErrorClass.Auth, "no_worker", "No worker is set up.");

    public string Name => "worker";

    public ProviderTraits Traits => new(
        CallbackTrust.Proof, HonoursKeys: true, CanCancel: true, Machine is { } machine ? [machine.Address.Host] : []);

    public bool IsReady => Machine is not null;

    public async Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel) => Machine is { } machine
        ? await line.SubmitAsync(machine, request, At(request, "preview_ready"), At(request, "callback"), cancel)
        : new Submission.Rejected(NotSetUp);

    public async Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel) => Machine is { } machine
        ? await line.PollAsync(machine, pollReference, cancel)
        : Snapshot.Unclear(NotSetUp);

    public Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel) => Task.FromResult(
        Machine is { } machine ? line.Read(machine, call) : new Callback.Forged("No worker is set up."));

    public async Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel) => Machine is { } machine
        ? await line.CancelAsync(machine, pollReference, cancel)
        : Cancellation.TooLate;

    public async Task<ProviderError?> TestKeyAsync(CancellationToken cancel) =>
        Machine is { } machine ? await line.TestKeyAsync(machine, cancel) : NotSetUp;

    public async Task<Stream?> OpenResultAsync(Uri address, CancellationToken cancel) =>
        Machine is { } machine ? await line.OpenResultAsync(machine, address, cancel) : null;

    private Machine? Machine => options.CurrentValue is { WorkerAddress.Length: > 0, WorkerSecret.Length: > 0 } now
        ? new Machine(
            Client, new Uri(now.WorkerAddress), now.WorkerOldSecret.Length > 0 ? [now.WorkerSecret, now.WorkerOldSecret] : [now.WorkerSecret])
        : null;

    private static Uri? At(ProviderRequest request, string verb) =>
        request.Callback is { } site ? new Uri(site, $"/api/jobs/{Uri.EscapeDataString(request.JobId)}/{verb}") : null;
}
