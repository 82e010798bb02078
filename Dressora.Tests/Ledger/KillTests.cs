using System.Diagnostics;
using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Ledger;

/// <summary>
/// A process is killed at random while it moves credits, again and again on the same folder. DRESSORA_LEDGER_KILLS says how
/// often, DRESSORA_LEDGER_SEED repeats the moments.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int LoadMax = 80;
    private const int RecountEvery = 25;

    private static readonly int Kills = Number("DRESSORA_LEDGER_KILLS", 200);
    private static readonly int Seed = Number("DRESSORA_LEDGER_SEED", Random.Shared.Next());

    [Fact]
    public async Task Nothing_acknowledged_is_lost_however_often_the_process_is_killed()
    {
        var (took, folder, random) = (Stopwatch.StartNew(), Vault.NewFolder(), new Random(Seed));
        var (acknowledged, stored) = (0, 0);
        await (await Vault.OpenAsync(Engine.Sqlite, folder)).CloseAsync();
        try
        {
            var next = Start(folder, 0);
            for (var life = 0; life < Kills; life++)
            {
                await using var child = next;
                next = Start(folder, life + 1);
                var said = await KillAsync(child, folder, life, random.Next(LoadMax));
                acknowledged += said.Count;
                stored = await CheckAsync(folder, said, life);
            }

            await next.DisposeAsync();
            output.WriteLine(
                $"{Kills} kills, {acknowledged:N0} commands acknowledged and {stored:N0} stored, seed {Seed}, {took.Elapsed.TotalSeconds:N0} s");
            Assert.True(acknowledged > Kills, "The process was killed before it did anything.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Child Start(string folder, int life) => Child.RunAct("ledger", folder, $"{life}");

    /// <summary>What it had been told was done, when it died.</summary>
    private static async Task<List<string[]>> KillAsync(Child child, string folder, int life, int milliseconds)
    {
        await child.SaysAsync(LedgerLoad.Warm);
        await File.WriteAllTextAsync(LedgerLoad.Go(folder, life), "");
        await child.SaysAsync(LedgerLoad.Acknowledged);
        await Task.Delay(milliseconds);
        await child.KillAsync();
        var lines = child.Said[..(child.Said.LastIndexOf('\n') + 1)].Split('\n');
        return [.. lines.Where(line => line.StartsWith(LedgerLoad.Acknowledged, StringComparison.Ordinal) && line.EndsWith('}'))
            .Select(line => line[LedgerLoad.Acknowledged.Length..].Split('\t'))];
    }

    private static async Task<int> CheckAsync(string folder, List<string[]> said, int life)
    {
        var vault = await Vault.OpenAsync(Engine.Sqlite, folder);
        await vault.VerifyAsync();
        if ((life + 1) % RecountEvery == 0)
            await Recount.CheckAsync(vault.Database, long.MinValue, long.MaxValue);
        await using (var db = vault.Database.OpenReader())
        {
            var kept = await db.CreditCommands.Where(command => command.Key.Contains($"{life}:"))
                .ToDictionaryAsync(command => command.Key, command => command.Outcome);
            foreach (var line in said)
                Assert.Equal(line[1], kept.GetValueOrDefault(line[0]));
        }

        var stored = await vault.Database.WriteAsync(write => write.NumberAsync("SELECT count(*) FROM credit_commands"));
        await vault.CloseAsync();
        return (int)stored!.Value;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
