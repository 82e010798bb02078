using System.Text.Json;
using Dressora.Tests.Harness;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>
/// The life of a process that is going to be killed: eight callers ask the ledger of a folder for one thing after the
/// other, and each answer they get is said on a line of its own.
/// </summary>
internal sealed class LedgerLoad(Vault vault, int life, TextWriter says)
{
    internal const string Warm = "warm", Acknowledged = "ack ";
    private const int Callers = 8;
    private const int WarmRounds = 5;

    /// <summary>Warms up on a folder of its own, waits until the folder has a file that bids it go, and never ends by itself.</summary>
    internal static async Task<int> RunAsync(string folder, int life)
    {
        await using (var scratch = await Vault.OpenAsync(Engine.Sqlite))
        {
            for (var i = 0; i < WarmRounds; i++)
                await new LedgerLoad(scratch, life, TextWriter.Null).RoundAsync(0, i);
        }

        await Console.Out.WriteLineAsync(Warm);
        while (!File.Exists(Go(folder, life)))
            await Task.Delay(2);
        var vault = await Vault.OpenAsync(Engine.Sqlite, folder);
        vault.Clock.Set(FakeClock.Start + TimeSpan.FromHours(life));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => new LedgerLoad(vault, life, Console.Out).CallAsync(caller))));
        return 0;
    }

    internal static string Go(string folder, int life) => Path.Combine(folder, $"go-{life}");

    private async Task CallAsync(int caller)
    {
        for (var round = 0; ; round++)
        {
            await RoundAsync(caller, round);
            vault.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Every verb, for a person that another caller asks for too.</summary>
    private async Task RoundAsync(int caller, int round)
    {
        var (person, mark) = (caller / 2, $"{life}:{caller}:{round}");
        var order = new GrantOrder(
            person, Category.Paid, 20, vault.Clock.GetUtcNow(), vault.Clock.GetUtcNow() + TimeSpan.FromMinutes(round % 3 + 1), $"pay:{mark}", "load");
        await SayAsync("grant:" + order.Source, write => vault.Ledger.GrantAsync(write, order));
        for (var job = 0; job < 3; job++)
        {
            var reference = $"job:{mark}:{job}";
            await SayAsync("f" + reference, write => vault.Ledger.FreezeAsync(
                write, new Command("f" + reference), person, 3 + job, reference, lifetime: TimeSpan.FromSeconds(30)));
            if (job == 0)
                await SayAsync("s" + reference, write => vault.Ledger.SettleAsync(write, new Command("s" + reference), reference, 2));
            if (job == 1)
                await SayAsync("r" + reference, write => vault.Ledger.ReleaseAsync(write, new Command("r" + reference), reference, ReleaseCause.Failed, "load"));
        }

        if (round % 4 == 1)
            await SayAsync("v" + mark, write => vault.Ledger.RevokeAsync(write, new Command("v" + mark), order.Source, 15, "load"));
        if (round % 5 == 2)
            await SayAsync("a" + mark, write => vault.Ledger.AdjustAsync(write, new Command("a" + mark), person, round % 2 == 0 ? 5 : -5, "load"));
        if (round % 3 == 0)
            await vault.Till.ReleaseOverdueAsync(20);
        if (round % 3 == 1)
            await vault.Till.ExpireAsync(20);
    }

    private async Task SayAsync(string key, Func<Web.Data.Write, Task<Outcome>> verb)
    {
        var outcome = await vault.Database.WriteAsync(verb);
        var line = $"{Acknowledged}{key}\t{JsonSerializer.Serialize(outcome)}";
        lock (says)
            says.WriteLine(line);
    }
}
