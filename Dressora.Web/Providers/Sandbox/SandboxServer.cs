using System.Net;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>The sandbox's own small server on a port of this machine, started when the first job comes.</summary>
internal sealed class SandboxServer(SandboxFolder folder, SandboxDesk desk) : IAsyncDisposable
{
    private const long BodyBytesMax = 128 * 1024 * 1024;
    private readonly SemaphoreSlim _one = new(1);
    private WebApplication? _app;
    private Machine? _machine;

    internal async Task<Machine> OpenAsync(CancellationToken cancel)
    {
        if (_machine is { } open)
            return open;
        await _one.WaitAsync(cancel);
        try
        {
            return _machine ??= await StartAsync(cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            // Whoever still waits for an answer is our own process, which is stopping.
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }

        _one.Dispose();
    }

    private async Task<Machine> StartAsync(CancellationToken cancel)
    {
        var secret = folder.Secret();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        app.Run(http => desk.AnswerAsync(http, secret));
        await app.StartAsync(cancel);
        _app = app;
        return new Machine(SandboxProvider.Client, new Uri(app.Urls.Single()), [secret]);
    }
}
