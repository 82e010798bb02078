using System.Globalization;
using Dressora.Tests.Ledger;
using Dressora.Tests.Media;
using Dressora.Tests.Payments;
using Dressora.Web.Data;
using Dressora.Web.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Harness;

/// <summary>What a test lets a process of its own do, so that it can be killed in the middle: the product has no verb for it.</summary>
internal static class Acts
{
    private const int Callers = 8;

    internal static Task<int> RunAsync(string[] args) => args switch
    {
        ["write", var folder, var round] => WriteAsync(folder, round),
        ["upgrade", var folder, var steps] => UpgradeAsync(folder, int.Parse(steps, CultureInfo.InvariantCulture)),
        ["ledger", var folder, var life] => LedgerLoad.RunAsync(folder, int.Parse(life, CultureInfo.InvariantCulture)),
        ["pay", var folder, var seed] => PaymentsLife.RunAsync(folder, int.Parse(seed, CultureInfo.InvariantCulture)),
        ["media", var folder, var moment] => MediaLife.RunAsync(folder, moment),
        _ => Task.FromResult(Exit.Usage),
    };

    /// <summary>
    /// Writes until it dies, two rows a write, and says what was acknowledged. The dot tells a whole line from one that was
    /// cut off.
    /// </summary>
    private static async Task<int> WriteAsync(string folder, string round)
    {
        await using var app = await OpenAsync(folder);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync();
        var database = app.Services.GetRequiredService<Database>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var name = $"{round}-{caller}-{number}";
                await database.WriteAsync(async write =>
                {
                    await write.RunAsync($"INSERT INTO spent_puzzles (hash, expires_at) VALUES ({"a" + name}, 1)");
                    await write.RunAsync($"INSERT INTO spent_puzzles (hash, expires_at) VALUES ({"b" + name}, 1)");
                });
                Console.WriteLine($"ack {name}.");
            }
        })));
        return Exit.Done;
    }

    /// <summary>The program's own files, and then as many as asked for that each take a moment.</summary>
    private static async Task<int> UpgradeAsync(string folder, int steps)
    {
        await using var app = await OpenAsync(folder);
        Console.WriteLine("begun.");
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(engine => [.. WithSteps(Migration.Of(engine), steps)]);
        Console.WriteLine("done.");
        return Exit.Done;
    }

    private static IEnumerable<Migration> WithSteps(IReadOnlyList<Migration> known, int steps) => known.Concat(
        Enumerable.Range(known.Count + 1, steps).Select(number => new Migration(number, "step",
            $"""
            CREATE TABLE step_{number} (n INTEGER NOT NULL) STRICT;
            INSERT INTO step_{number} WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500) SELECT n FROM c;
            """)));

    internal static async Task<WebApplication> OpenAsync(string folder)
    {
        var data = new DataFolder(folder);
        if (Start.MoveIn(data, "for a test", out var heldBy) is null)
            throw new InvalidOperationException($"The folder is held by {heldBy}");
        return await Task.FromResult(Web.Program.Build([$"--data={folder}", "--Logs:FilesKept=0", "--Logs:Level=Error"]));
    }
}
