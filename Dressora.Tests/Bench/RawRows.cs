using System.Diagnostics;
using Dressora.Tests.Data;
using Microsoft.Data.Sqlite;

namespace Dressora.Tests.Bench;

/// <summary>SQLite with nothing around it, on the same disk in the same minute.</summary>
internal static class RawRows
{
    /// <summary>As many rows as a freeze leaves, committed one after the other by one connection with nothing else to do.</summary>
    internal static Latencies Commits(Store store, int rows)
    {
        using var connection = OpenRaw(store, out var insert);
        var (clock, took) = (Stopwatch.StartNew(), new List<double>());
        while (clock.Elapsed.TotalSeconds < 3)
        {
            var began = clock.Elapsed;
            Insert(connection, insert, rows);
            took.Add((clock.Elapsed - began).TotalMilliseconds);
        }

        return new Latencies([.. took.Order()], 0, clock.Elapsed);
    }

    /// <summary>The same rows' worth of inserts, prepared, on one connection: what this disk and this SQLite can do at most.</summary>
    internal static double PerSecond(Store store, int together)
    {
        using var connection = OpenRaw(store, out var insert);
        var (clock, rows) = (Stopwatch.StartNew(), 0);
        for (; clock.Elapsed.TotalSeconds < 3; rows += together)
            Insert(connection, insert, together);
        return rows / clock.Elapsed.TotalSeconds;
    }

    private static SqliteConnection OpenRaw(Store store, out SqliteCommand insert)
    {
        var connection = store.OpenStranger();
        new SqliteCommand("PRAGMA synchronous = FULL", connection).ExecuteNonQuery();
        new SqliteCommand("CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c TEXT, d BLOB) STRICT", connection).ExecuteNonQuery();
        insert = new SqliteCommand("INSERT INTO raw (a, b, c, d) VALUES (1, 2, 'a short reference', zeroblob(32))", connection);
        return connection;
    }

    private static void Insert(SqliteConnection connection, SqliteCommand insert, int rows)
    {
        using var transaction = connection.BeginTransaction();
        insert.Transaction = transaction;
        for (var i = 0; i < rows; i++)
            insert.ExecuteNonQuery();
        transaction.Commit();
    }
}
