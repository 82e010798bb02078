using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Dressora.Tests.Harness;
using Dressora.Tests.House;
using Dressora.Web.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Dressora.Tests.Providers.Worker;

/// <summary>The sample that we give to owners, run as they run it.</summary>
public sealed partial class SampleWorkerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, CallbackCall Call)> _calls = new();
    private readonly WebApplication _site;
    private Process _worker = null!;
    private Rig _rig = null!;

    public SampleWorkerTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        _site.Run(KeepAsync);
    }

    private IProvider Worker => _rig["worker"];

    public async Task InitializeAsync()
    {
        await _site.StartAsync();
        var start = new ProcessStartInfo("python3", [Path.Combine(SourceTree.Root, "samples", "worker.py"), "0"])
        {
            RedirectStandardOutput = true, Environment = { ["WORKER_SECRET"] = WorkerSimulator.Key },
        };
        _worker = Process.Start(start)!;
        var port = Port().Match(await _worker.StandardOutput.ReadLineAsync() ?? "").Value;
        _rig = Rig.Open([$"Providers:WorkerSecret={WorkerSimulator.Key}", $"Providers:WorkerAddress=http://127.0.0.1:{port}"]);
        _rig.Clock.Set(DateTimeOffset.UtcNow);
    }

    public async Task DisposeAsync()
    {
        _worker.Kill();
        _worker.Dispose();
        await _rig.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task It_takes_a_job_shows_a_preview_and_brings_the_result()
    {
        Assert.IsType<Submission.Accepted>(await SubmitAsync());
        await UntilAsync(() => _calls.Count >= 2);

        var (previewAt, preview) = _calls.First();
        var (finalAt, final) = _calls.Last();
        Assert.Equal(("/api/jobs/job-1/preview_ready", "/api/jobs/job-1/callback"), (previewAt, finalAt));
        var early = Assert.IsType<Callback.Verified>(await Worker.ReadCallbackAsync(preview, default));
        Assert.Equal(SnapshotState.Running, early.Snapshot.State);
        Assert.NotNull(early.Snapshot.Preview);
        var end = Assert.IsType<Callback.Verified>(await Worker.ReadCallbackAsync(final, default));
        Assert.Equal(SimulatedFiles.Picture, end.Snapshot.Outputs.Single().Bytes!.Value.ToArray());
        Assert.Equal(SnapshotState.Succeeded, (await Worker.PollAsync("job-1", default)).State);
        Assert.Equal(Cancellation.TooLate, await Worker.CancelAsync("job-1", default));
    }

    [Fact]
    public async Task The_same_job_twice_is_one_job()
    {
        await SubmitAsync();
        await SubmitAsync();
        await UntilAsync(() => _calls.Count >= 2);
        await Task.Delay(100);

        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task What_it_cannot_do_it_says()
    {
        var request = _rig.Request("any");
        await Worker.SubmitAsync(request with { Inputs = [] }, default);
        await UntilAsync(() => Worker.PollAsync("job-1", default).Result.State == SnapshotState.Failed);

        Assert.Equal(ErrorClass.BadInput, (await Worker.PollAsync("job-1", default)).Error!.Class);
    }

    [Fact]
    public async Task It_answers_nobody_who_does_not_sign()
    {
        Assert.Null(await Worker.TestKeyAsync(default));
        _rig.Configuration["Providers:WorkerSecret"] = "a secret that it does not know";
        _rig.Configuration.Reload();

        Assert.Equal(ErrorClass.Auth, (await Worker.TestKeyAsync(default))!.Class);
        _rig.Configuration["Providers:WorkerSecret"] = WorkerSimulator.Key;
        _rig.Configuration.Reload();
        _rig.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(ErrorClass.Auth, (await Worker.TestKeyAsync(default))!.Class);
    }

    private Task<Submission> SubmitAsync() => Worker.SubmitAsync(_rig.Request("any", callback: new Uri(_site.Urls.Single())), default);

    private async Task KeepAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(
            pair => pair.Key, pair => pair.Value.Select(value => value ?? "").ToArray(), StringComparer.OrdinalIgnoreCase);
        _calls.Enqueue((http.Request.Path, new CallbackCall("job-1", null, headers, body.ToArray(), _rig.Clock.GetUtcNow())));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 1_000 && !isSo(); i++)
            await Task.Delay(10);
        Assert.True(isSo());
    }

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Port();
}
