using System.Diagnostics;
using System.Globalization;
using Dressora.Tests.Data;
using Dressora.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Dressora.Tests.Bench;

/// <summary>The writer beside what everybody would write first: a connection for each caller.</summary>
internal static class WriterBench
{
    private const string Insert =
        "INSERT INTO audit_entries (at, actor_id, action, subject, detail) VALUES (1, 1, 'bench', 'person 1', '')";

    private static readonly Load Measured = new(Callers: 32, PerSecond: 1_000, For: TimeSpan.FromSeconds(10));
    private static readonly Load Warmup = Measured with { For = TimeSpan.FromSeconds(2) };

    internal static async Task RunAsync(string folder)
    {
        Console.WriteLine($"{Measured.PerSecond} small writes a second from {Measured.Callers} callers for {Measured.For.TotalSeconds} s, synchronous = FULL");
        Console.WriteLine($"a sync of 4 KB here  {Sync(folder)}");
        Console.WriteLine($"with the writer      {await WithWriterAsync(folder)}");
        Console.WriteLine($"32 connections       {await WithConnectionsAsync(folder)}");
    }

    private static async Task<Latencies> WithWriterAsync(string folder)
    {
        await using var store = await Store.OpenAsync(at: Fresh(folder));
        Task Write(int caller) => store.Database.WriteAsync(write =>
        {
            write.Audit(caller, "bench", "person 1");
            return true;
        });
        await Warmup.RunAsync(Write);
        return await Measured.RunAsync(Write);
    }

    private static async Task<Latencies> WithConnectionsAsync(string folder)
    {
        await using var store = await Store.OpenAsync(at: Fresh(folder));
        var connections = Enumerable.Range(0, Measured.Callers).Select(_ => Open(store)).ToArray();
        Task Write(int caller) => Task.Run(() => Run(connections[caller], "BEGIN IMMEDIATE;" + Insert + ";COMMIT"));
        await Warmup.RunAsync(Write);
        var measured = await Measured.RunAsync(Write);
        foreach (var connection in connections)
            connection.Dispose();
        return measured;
    }

    private static SqliteConnection Open(Store store)
    {
        var connection = store.OpenStranger();
        Run(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string Sync(string folder)
    {
        var path = Fresh(folder);
        var took = new List<double>();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (var i = 0; i < 200; i++)
            {
                file.Write(new byte[4_096]);
                var began = Stopwatch.GetTimestamp();
                file.Flush(flushToDisk: true);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        File.Delete(path);
        took.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {took[100],8:0.00} ms   p99 {took[198],8:0.00} ms");
    }

    private static string Fresh(string folder) => Path.Combine(folder, $"dressora-bench-{Guid.NewGuid():N}");
}
