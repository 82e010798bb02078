using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Harness;

/// <summary>A job at a simulated company.</summary>
public sealed class SimulatedJob(string id, Scenario scenario, string body, string key, Uri? callback)
{
    public string Id { get; } = id;
    public Scenario Scenario { get; } = scenario;
    public string Body { get; } = body;

    /// <summary>Its idempotency key, where the company knows such.</summary>
    public string Key { get; } = key;
    public Uri? Callback { get; } = callback;
    public bool IsStarted { get; set; }
    public bool IsOver { get; set; }
    public bool IsCancelled { get; set; }
}

/// <summary>What arrived, as it arrived.</summary>
public sealed record Recorded(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>
/// A company that makes things, on a port of this machine. Start a Site with its <see cref="Settings"/>. By itself it is
/// done as soon as it has answered; with a <see cref="Pace"/> after that time, and without one when a test says so.
/// </summary>
public abstract class Simulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();

    protected Simulator()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>For Site.StartAsync.</summary>
    public abstract string[] Settings { get; }

    /// <summary>How a request is treated, by its body; <see cref="Scenario"/> when nothing is chosen.</summary>
    public Func<string, Scenario>? Choose { get; set; }

    public Scenario Scenario { get; set; }

    /// <summary>How questions after a job are treated, whatever the job's own scenario.</summary>
    public Scenario Ailing { get; set; }

    /// <summary>Null: jobs wait for <see cref="FinishAsync(string)"/>.</summary>
    public TimeSpan? Pace { get; set; } = TimeSpan.Zero;

    /// <summary>Carries callbacks to a site without a port: <c>site.NewDoor()</c>.</summary>
    public HttpMessageHandler? Door { get; set; }

    /// <summary>Where results are said to lie; a site fetches them from public names only.</summary>
    public Uri Files { get; private set; } = new("http://127.0.0.1/");

    public ConcurrentDictionary<string, SimulatedJob> Jobs { get; } = new();
    public ConcurrentQueue<Recorded> Requests { get; } = new();

    /// <summary>What each callback was answered.</summary>
    public ConcurrentQueue<int> CallbackAnswers { get; } = new();

    /// <summary>What was wrong with how we asked; nothing when all was well.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Our clock as they see it, for signatures.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>It keeps this site's time, calls back to it, and its results can be fetched from there.</summary>
    public void Join(Site site)
    {
        (Clock, Door, Files) = (site.Clock, site.NewDoor(), new Uri($"https://{FilesHost}/"));
        site.Network.Forward(FilesHost, Address);
    }

    public async Task FinishAsync(string id)
    {
        var job = Jobs[id];
        if (job.IsCancelled)
            return;
        job.IsOver = true;
        await CallBackAsync(job);
    }

    public Task FinishAllAsync() => Task.WhenAll(Jobs.Values.Where(job => !job.IsOver).Select(job => FinishAsync(job.Id)));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _closing.CancelAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _closing.Dispose();
        if (!Complaints.IsEmpty)
            throw new InvalidOperationException($"The company complained: {string.Join("; ", Complaints)}");
    }

    protected async Task StartAsync()
    {
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Files = Address;
    }

    protected abstract Task RouteAsync(HttpContext http, string path, string body);

    /// <summary>The name under which the true company keeps results.</summary>
    protected abstract string FilesHost { get; }

    /// <summary>Its words for "no".</summary>
    protected abstract (int Status, string Body)? Refusal(Scenario scenario);

    protected abstract HttpRequestMessage? Callback(SimulatedJob job);

    protected Scenario Treat(string body) => Choose?.Invoke(body) ?? Scenario;

    /// <summary>After the answer: at once, after the pace, or when a test says so.</summary>
    protected void GoOn(SimulatedJob job)
    {
        if (Pace is { } pace && job.Scenario != Scenario.Slow)
            _ = Task.Run(() => LaterAsync(job, pace));
    }

    /// <summary>Whether there is nothing to answer any more.</summary>
    protected static async Task<bool> BreakAsync(HttpContext http, Scenario scenario)
    {
        if (scenario == Scenario.SilentAnswer)
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (scenario is not (Scenario.SilentAnswer or Scenario.LostAnswer or Scenario.ResetBefore))
            return false;
        http.Abort();
        return true;
    }

    private async Task LaterAsync(SimulatedJob job, TimeSpan pace)
    {
        try
        {
            await Task.Delay(pace, _closing.Token);
            await FinishAsync(job.Id);
        }
        catch (OperationCanceledException)
        {
            // The company closes before it is done.
        }
    }

    private async Task CallBackAsync(SimulatedJob job)
    {
        if (job.Callback is null || job.Scenario == Scenario.LostCallback)
            return;
        using var client = new HttpMessageInvoker(Door ?? new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: Door is null);
        var times = job.Scenario == Scenario.DuplicateCallback ? 5 : 1;
        await Task.WhenAll(Enumerable.Range(0, times).Select(async _ =>
        {
            if (Callback(job) is not { } request)
                return;
            try
            {
                using var answer = await client.SendAsync(request, _closing.Token);
                CallbackAnswers.Enqueue((int)answer.StatusCode);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                CallbackAnswers.Enqueue(0);
            }
        }));
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var kept = new MemoryStream();
        await http.Request.Body.CopyToAsync(kept);
        var body = System.Text.Encoding.UTF8.GetString(kept.ToArray());
        var path = http.Request.Path.Value!;
        Requests.Enqueue(new Recorded(
            http.Request.Method, path, http.Request.QueryString.Value!,
            http.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        if (path.StartsWith("/files/", StringComparison.Ordinal))
            await SimulatedFiles.SendAsync(http, Jobs.GetValueOrDefault(path.Split('/')[2])?.Scenario ?? Scenario.Ok, Complaints);
        else if (http.Request.Method == "GET" && (await Answers.RefuseAsync(http, Ailing, Refusal) || await BreakAsync(http, Ailing)))
            return;
        else
            await RouteAsync(http, path, body);
    }
}
