using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Data;

/// <summary>The data floor alone, on a database of its own.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly PostgresDatabase? _postgres;
    private bool _closed;

    private Store(ServiceProvider services, DataFolder folder, FakeClock clock, LogBook log, PostgresDatabase? postgres)
    {
        _services = services;
        _postgres = postgres;
        Folder = folder;
        Clock = clock;
        Log = log;
    }

    internal DataFolder Folder { get; }
    internal FakeClock Clock { get; }
    internal LogBook Log { get; }
    internal Database Database => _services.GetRequiredService<Database>();
    internal Migrator Migrator => _services.GetRequiredService<Migrator>();
    internal PostgresDatabase Postgres => _postgres!;

    internal static async Task<Store> OpenAsync(
        Engine engine = Engine.Sqlite, int waitingMax = 4_096, bool migrated = true, string? at = null,
        Func<PostgresDatabase, string>? line = null)
    {
        var folder = new DataFolder(at ?? Directory.CreateTempSubdirectory("dressora-").FullName);
        folder.Create();
        var postgres = engine == Engine.Postgres ? await PostgresDatabase.CreateAsync(empty: !migrated) : null;
        var settings = new Dictionary<string, string?>
        {
            ["Database:Provider"] = engine.ToString(),
            ["Database:ConnectionString"] = postgres is null ? null : line?.Invoke(postgres) ?? postgres.ConnectionString,
            ["Database:WaitingWritesMax"] = $"{waitingMax}",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var clock = new FakeClock();
        var log = new LogBook();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(clock);
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddData(folder, configuration);
        var store = new Store(services.BuildServiceProvider(), folder, clock, log, postgres);
        if (migrated)
            await store.Migrator.MigrateAsync();
        return store;
    }

    internal Task WriteAsync(string letter) => Database.WriteAsync(write =>
    {
        write.Audit(1, letter, "test");
        return Task.CompletedTask;
    });

    internal Task<AppUser> AddPersonAsync(string email) => Database.WriteAsync(write =>
    {
        var person = new AppUser(email, email.ToUpperInvariant(), write.Now);
        write.Db.Users.Add(person);
        return person;
    });

    /// <summary>The audit list's actions, oldest first: what the tests of this floor write.</summary>
    internal async Task<string[]> LettersAsync()
    {
        await using var reader = Database.OpenReader();
        return await reader.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync();
    }

    /// <summary>A connection that the floor knows nothing of: an owner's shell.</summary>
    internal SqliteConnection OpenStranger()
    {
        var connection = new SqliteConnection($"Data Source={Folder.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Holds the writer's one turn until it is let go; whatever is written meanwhile waits behind it.</summary>
    internal async Task<Turn> TakeTurnAsync()
    {
        var turn = new Turn();
        turn.Held = Database.WriteAsync(async write =>
        {
            turn.Taken.SetResult();
            await turn.LetGo.Task;
        });
        await turn.Taken.Task;
        return turn;
    }

    /// <summary>Ends the floor as a stopping server does, and keeps its files.</summary>
    internal async Task CloseAsync()
    {
        if (_closed)
            return;
        _closed = true;
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(Folder.Root, recursive: true);
    }

    internal sealed class Turn : IAsyncDisposable
    {
        internal TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal Task Held { get; set; } = Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            LetGo.TrySetResult();
            await Held.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
