using System.Net;
using System.Net.Sockets;
using Dressora.Web;
using Dressora.Web.Data;
using Dressora.Web.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Harness;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>
/// The whole product with a database of its own, a clock that a test moves and no network; recurring tasks run when a test
/// says so. Give it to the tests of a class through IClassFixture (see <see cref="SharedSite"/>) where they do not disturb
/// each other.
/// </summary>
public sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Parts _parts;

    private Site(Parts parts, WebApplication app)
    {
        _app = app;
        _parts = parts;
        Folder = parts.Folder;
        Clock = parts.Clock;
        Network = parts.Network;
        Log = parts.Log;
        Address = parts.Address;
    }

    public DataFolder Folder { get; }
    public FakeClock Clock { get; }
    public RefusingNetwork Network { get; }
    public LogBook Log { get; }

    /// <summary>Where it answers: a name only its own browsers know, or a real port when it listens.</summary>
    public Uri Address { get; }
    public IServiceProvider Services => _app.Services;
    public Database Database => Services.GetRequiredService<Database>();

    /// <summary>In memory: requests never touch a socket.</summary>
    public static Task<Site> StartAsync(
        Engine engine = Engine.Sqlite,
        Action<WebApplicationBuilder>? adjust = null,
        params string[] settings) =>
        StartAsync(engine, new Uri("https://dressora.test"), adjust, settings);

    /// <summary>On a real port of this machine, for a real browser or a raw socket.</summary>
    public static Task<Site> ListenAsync(
        Engine engine = Engine.Sqlite,
        Action<WebApplicationBuilder>? adjust = null,
        params string[] settings) =>
        StartAsync(engine, new Uri($"http://localhost:{FreePort()}"), adjust, settings);

    /// <summary>Another server on the same database, files and time, with a network and a log of its own; it goes first.</summary>
    public Task<Site> BesideAsync(Action<WebApplicationBuilder>? adjust = null, params string[] settings) =>
        OpenAsync(_parts with { Network = new RefusingNetwork(), Log = new LogBook(), IsGuest = true }, adjust, settings);

    public PlainBrowser NewBrowser(string from = "203.0.113.7") => new(Handler(IPAddress.Parse(from)), Address, Clock);

    /// <summary>For a simulator that calls back: what it sends arrives here as if from outside.</summary>
    public HttpMessageHandler NewDoor() => Handler(IPAddress.Parse("198.51.100.20"));

    public async Task<T> ReadAsync<T>(Func<DressoraDb, Task<T>> read)
    {
        await using var reader = Database.OpenReader();
        return await read(reader);
    }

    /// <summary>Puts something in place before the test begins.</summary>
    public Task WriteAsync(Action<Write> work) => Database.WriteAsync(write =>
    {
        work(write);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_parts.IsGuest)
        {
            if (_parts.Database is { } database)
                await database.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Folder.Root, recursive: true);
        }

        Network.EnsureNothingRefused();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Site> StartAsync(
        Engine engine, Uri address, Action<WebApplicationBuilder>? adjust, string[] settings)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("dressora-").FullName);
        var database = engine == Engine.Postgres ? await PostgresDatabase.CreateAsync() : null;
        folder.Create();
        return await OpenAsync(new Parts(folder, new FakeClock(), new RefusingNetwork(), new LogBook(), address, database), adjust, settings);
    }

    private static async Task<Site> OpenAsync(Parts parts, Action<WebApplicationBuilder>? adjust, string[] settings)
    {
        string[] args =
        [
            $"--data={parts.Folder.Root}", $"--Site:Address={parts.Address.GetLeftPart(UriPartial.Authority)}", "--Site:RateScale=1000000",
            .. parts.Database?.Settings ?? [], .. settings.Select(setting => $"--{setting}"),
        ];
        var app = Program.Build(args, builder =>
        {
            parts.PutInto(builder);
            adjust?.Invoke(builder);
        });
        parts.LetThrough(settings);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync();
        await app.StartAsync();
        var site = new Site(parts, app);
        parts.Network.Door = parts.Address.IsLoopback ? null : site.NewDoor();
        return site;
    }

    private HttpMessageHandler Handler(IPAddress from)
    {
        if (Address.IsLoopback)
            return new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        return _app.GetTestServer().CreateHandler(context => context.Connection.RemoteIpAddress = from);
    }

    private sealed record Parts(
        DataFolder Folder, FakeClock Clock, RefusingNetwork Network, LogBook Log, Uri Address, PostgresDatabase? Database, bool IsGuest = false)
    {
        /// <summary>What a test's settings name on this machine is a simulator of its own.</summary>
        internal void LetThrough(string[] settings)
        {
            foreach (var value in settings.Select(setting => setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            {
                if (Uri.TryCreate(value, UriKind.Absolute, out var simulator) && simulator is { IsLoopback: true, Scheme: "http" })
                    Network.LetThrough(simulator);
            }
        }

        internal void PutInto(WebApplicationBuilder builder)
        {
            if (Address.IsLoopback)
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Address.Port));
            else
                builder.WebHost.UseTestServer(server => server.BaseAddress = Address);
            builder.Logging.ClearProviders().AddProvider(Log);
            // It would race the test that moved the clock for the rows that are due.
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(ScheduleWorker)));
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            Network.Install(builder.Services);
        }
    }
}
