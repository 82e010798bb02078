using System.Net.Http.Headers;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Calls the site back, signed, and again when nobody listened; a poll finds the rest.</summary>
internal sealed class SandboxCalls(IHttpClientFactory clients, TimeProvider clock)
{
    internal const string Client = "sandbox-calls";
    private const int DuplicatesMax = 3;
    private const string WrongSecret = "not the secret of this sandbox";
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    internal async Task TellAsync(SandboxJob job, string secret, CancellationToken stop)
    {
        if (job.Callback is not { } address || job.Plan.Scenario == SandboxScenario.LostCallback)
            return;
        var body = JsonBody.Bytes(job.Said());
        var call = new Call(
            job.Id, address, body, job.Plan.Scenario == SandboxScenario.ForgedCallback ? WrongSecret : secret,
            job.Plan.Scenario == SandboxScenario.StaleCallback ? TooOld : TimeSpan.Zero);
        var times = job is { Plan.Scenario: SandboxScenario.DuplicateCallback, IsOver: true } ? DuplicatesMax : 1;
        await Task.WhenAll(Enumerable.Range(0, times).Select(_ => DeliverAsync(call, stop)));
    }

    private async Task DeliverAsync(Call call, CancellationToken stop)
    {
        foreach (var pause in Pauses)
        {
            if (await TryAsync(call, stop))
                return;
            await Task.Delay(pause, clock, stop);
        }
    }

    private async Task<bool> TryAsync(Call call, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Address);
        request.Content = new ByteArrayContent(call.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        CallSignature.Sign(request, call.Secret, call.JobId, call.Body, clock.GetUtcNow() - call.Age);
        using var time = new CancellationTokenSource(TimeMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop);
        try
        {
            using var answer = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            // A refusal stays one: only a server that is busy or away is asked again.
            return (int)answer.StatusCode < 500;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    private sealed record Call(string JobId, Uri Address, byte[] Body, string Secret, TimeSpan Age);
}
