using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Data.Postgres;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dressora.Tests.Ledger;

/// <summary>A second house on a vault's database, with a clock that differs by a constant.</summary>
internal sealed class Node : IDisposable
{
    private readonly NpgsqlDataSource? _source;

    internal Node(Vault vault, string? connectionString, TimeSpan ahead)
    {
        if (connectionString is null)
        {
            Till = vault.Till;
            return;
        }

        var clock = new Shifted(vault.Clock, ahead);
        _source = NpgsqlDataSource.Create(connectionString);
        var contexts = new DressoraDbFactory(builder => builder.UseNpgsql(_source));
        var writer = new PostgresWriter(_source, contexts.On, clock, waitingMax: 4_096, NullLogger<PostgresWriter>.Instance);
        var database = new Database(writer, contexts, _source.CreateConnection);
        Till = new Till(database, clock, new CreditLedger(new LedgerGuard(database, clock)));
    }

    internal Till Till { get; }

    public void Dispose() => _source?.Dispose();

    private sealed class Shifted(FakeClock clock, TimeSpan ahead) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead;

        public override long GetTimestamp() => clock.GetTimestamp();
    }
}
