using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Pictures;
using Dressora.Web.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Providers;

/// <summary>The floor of providers alone: real HTTP, a clock that a test moves, a log to read.</summary>
internal sealed class Rig : IAsyncDisposable
{
    internal const string Prompt = "a canary in a prompt";
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;

    private Rig(WebApplication app, FakeClock clock, LogBook log, CallbackTrap trap, TemporaryFolder folder, bool ownsFolder)
    {
        (_app, Clock, Log, Trap, _folder, _ownsFolder) = (app, clock, log, trap, folder, ownsFolder);
    }

    internal FakeClock Clock { get; }
    internal LogBook Log { get; }
    internal CallbackTrap Trap { get; }
    internal ProviderCatalog Catalog => _app.Services.GetRequiredService<ProviderCatalog>();
    internal IConfigurationRoot Configuration => (IConfigurationRoot)_app.Configuration;

    internal IProvider this[string name] => Catalog.Find(name)!;

    internal static Rig Open(string[] settings, TemporaryFolder? folder = null, string environment = "Production")
    {
        var (clock, log, trap) = (new FakeClock(), new LogBook(), new CallbackTrap());
        var home = folder ?? new TemporaryFolder();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddPictures();
        builder.Services.AddProviders(new DataFolder(home.Path));
        builder.Services.AddHttpClient("sandbox-calls").ConfigurePrimaryHttpMessageHandler(() => trap);
        return new Rig(builder.Build(), clock, log, trap, home, ownsFolder: folder is null);
    }

    internal ProviderRequest Request(string model, string job = "job-1", Uri? callback = null, JsonObject? parameters = null) => new(
        job, JobKind.TryOn, model, parameters ?? new JsonObject { ["category"] = "top", ["prompt"] = Prompt },
        [
            new ProviderInput("person", "image/png", SimulatedFiles.Picture),
            new ProviderInput("garment", "image/png", SimulatedFiles.Picture),
        ],
        callback, $"key-of-{job}", Clock.GetUtcNow().AddMinutes(10));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsFolder)
            _folder.Dispose();
    }
}

/// <summary>Where callbacks go: each is kept as the engine would see it.</summary>
internal sealed class CallbackTrap : HttpMessageHandler
{
    internal ConcurrentQueue<CallbackCall> Calls { get; } = new();
    internal TimeProvider? Clock { get; set; }

    internal async Task<CallbackCall> NextAsync()
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (Calls.TryDequeue(out var call))
                return call;
            await Task.Delay(10);
        }

        throw new TimeoutException("Nobody called back.");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        Calls.Enqueue(new CallbackCall(
            "job-1", null, headers, await request.Content!.ReadAsByteArrayAsync(cancellationToken), Clock?.GetUtcNow() ?? FakeClock.Start));
        return new HttpResponseMessage(HttpStatusCode.OK);
    }
}
