using System.Diagnostics;
using System.Globalization;
using Dressora.Tests.Data;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.Data.Sqlite;

namespace Dressora.Tests.Bench;

/// <summary>The ledger's verbs at full durability, beside SQLite writing the same number of rows with nothing around it.</summary>
internal static class LedgerBench
{
    private const int People = 200;
    private const int SustainedFor = 10;
    private const int Callers = 32;

    /// <summary>What a freeze and its settling leave behind: hold, slice, two entries, two commands; grant and account twice.</summary>
    private const int RowsOfACycle = 10;

    internal static async Task RunAsync(string folder, int verified)
    {
        await using var store = await Store.OpenAsync(at: Path.Combine(folder, $"dressora-bench-{Guid.NewGuid():N}"));
        var guard = new LedgerGuard(store.Database, TimeProvider.System);
        var ledger = new CreditLedger(guard);
        for (var person = 1; person <= People; person++)
        {
            var order = new GrantOrder(
                person, Category.Paid, 100_000_000, DateTimeOffset.UnixEpoch, Grant.Never, $"bench:{person}", "bench");
            await store.Database.WriteAsync(write => ledger.GrantAsync(write, order));
        }

        var bench = new Cycle(store.Database, ledger);
        foreach (var perSecond in new[] { 500, 1_000 })
        {
            var load = new Load(Callers, perSecond, TimeSpan.FromSeconds(SustainedFor));
            await (load with { For = TimeSpan.FromSeconds(2) }).RunAsync(_ => bench.FreezeAsync());
            Console.WriteLine($"freeze at {perSecond,5}/s     {await load.RunAsync(_ => bench.FreezeAsync())}");
        }

        Console.WriteLine($"  SQLite alone        {RawRows.Commits(store, RowsOfACycle / 2)}");
        var settle = new Load(Callers, 500, TimeSpan.FromSeconds(SustainedFor));
        Console.WriteLine($"settle at   500/s     {await settle.RunAsync(_ => bench.SettleOneAsync())}");
        var (sustained, cpu) = await SustainAsync(bench);
        var raw = RawRows.PerSecond(store, 64 * RowsOfACycle);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sustained             {sustained:0} commands a second ({sustained / 2 * RowsOfACycle:0} rows), {cpu:0} us of a core each; "
            + $"SQLite alone, 64 cycles to a commit: {raw:0} rows a second"));
        await VerifyAsync(store, bench, verified);
    }

    private static async Task<(double PerSecond, double Cpu)> SustainAsync(Cycle bench)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var commands = 0;
        await Task.WhenAll(Enumerable.Range(0, 2 * Callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed.TotalSeconds < SustainedFor)
            {
                await bench.SettleAsync(await bench.FreezeAsync());
                Interlocked.Add(ref commands, 2);
            }
        })));
        return (commands / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / commands);
    }

    private static async Task VerifyAsync(Store store, Cycle bench, int entries)
    {
        for (var made = 0; made < entries; made += 200)
            await bench.ManyAsync(100);
        var before = Environment.CpuUsage.TotalTime;
        var verification = await new Verifier(store.Database, TimeProvider.System).VerifyAsync();
        var cpu = Environment.CpuUsage.TotalTime - before;
        using var connection = store.OpenStranger();
        var clock = Stopwatch.StartNew();
        using var command = new SqliteCommand("SELECT * FROM credit_entries ORDER BY user_id, number", connection);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            rows.GetInt64(0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"verify                {verification.Took.TotalSeconds:0.0} s for {verification.Entries} entries, {cpu.TotalSeconds:0.0} s of a core "
            + $"({verification.Fault ?? "all good"}); SQLite reads the same rows in {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private sealed class Cycle(Database database, CreditLedger ledger)
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _open = [];
        private int _number;

        internal async Task<string> FreezeAsync()
        {
            var (reference, person) = Next();
            await database.WriteAsync(write => ledger.FreezeAsync(write, new Command("f" + reference), person, 20, reference));
            _open.Enqueue(reference);
            return reference;
        }

        internal Task SettleOneAsync() => _open.TryDequeue(out var reference) ? SettleAsync(reference) : Task.CompletedTask;

        internal Task SettleAsync(string reference) =>
            database.WriteAsync(write => ledger.SettleAsync(write, new Command("s" + reference), reference, 20));

        /// <summary>Many whole cycles in one write: entries for the check, quickly.</summary>
        internal Task ManyAsync(int cycles) => database.WriteAsync(async write =>
        {
            for (var i = 0; i < cycles; i++)
            {
                var (reference, person) = Next();
                await ledger.FreezeAsync(write, new Command("f" + reference), person, 20, reference);
                await ledger.SettleAsync(write, new Command("s" + reference), reference, 20);
            }
        });

        private (string Reference, long Person) Next()
        {
            var number = Interlocked.Increment(ref _number);
            return (string.Create(CultureInfo.InvariantCulture, $"job{number}"), number % People + 1);
        }
    }
}
