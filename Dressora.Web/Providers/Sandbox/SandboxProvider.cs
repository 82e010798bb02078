using Microsoft.Extensions.Options;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>
/// Makes placeholders of what people give, marked as such, with what this machine has. It keeps the whole contract of a
/// foreign company over real HTTP, so that nothing above it needs to know.
/// </summary>
internal sealed class SandboxProvider(SandboxServer server, MachineLine line, IOptionsMonitor<ProviderOptions> options)
    : IProvider, IFetchesResults
{
    internal const string Client = "sandbox";

    public string Name => "sandbox";
    public ProviderTraits Traits { get; } =
        new(CallbackTrust.Proof, HonoursKeys: true, CanCancel: true, ["127.0.0.1"], CallsFromHere: true, IsRehearsal: true);

    public bool IsReady => options.CurrentValue.Sandbox;

    public async Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel) =>
        await line.SubmitAsync(await server.OpenAsync(cancel), request, request.Callback, request.Callback, cancel);

    public async Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel) =>
        await line.PollAsync(await server.OpenAsync(cancel), pollReference, cancel);

    public async Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel) =>
        line.Read(await server.OpenAsync(cancel), call);

    public async Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel) =>
        await line.CancelAsync(await server.OpenAsync(cancel), pollReference, cancel);

    public async Task<ProviderError?> TestKeyAsync(CancellationToken cancel) =>
        await line.TestKeyAsync(await server.OpenAsync(cancel), cancel);

    /// <summary>The port is another one after every start, the files are the same.</summary>
    public async Task<Stream?> OpenResultAsync(Uri address, CancellationToken cancel)
    {
        var machine = await server.OpenAsync(cancel);
        return await line.OpenResultAsync(machine, new Uri(machine.Address, address.AbsolutePath), cancel);
    }
}
