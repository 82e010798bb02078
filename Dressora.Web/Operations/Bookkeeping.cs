using Dressora.Web.Data;
using Dressora.Web.Ledger;

namespace Dressora.Web.Operations;

/// <summary>What the ledger does by itself, in bounded steps: late is harmless, twice is harmless.</summary>
internal static class Bookkeeping
{
    private const int Step = 200;
    private const int StepsMax = 50;

    internal static async Task<string> ExpireAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (database, ledger) = Parts(services);
        return $"{await SumAsync(() => database.WriteAsync(write => ledger.ExpireAsync(write, Step)), cancel)} grants";
    }

    internal static async Task<string> ReleaseAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (database, ledger) = Parts(services);
        return $"{await SumAsync(async () => (await database.WriteAsync(write => ledger.ReleaseOverdueAsync(write, Step))).Count, cancel)} holds";
    }

    internal static async Task<string> AllowAsync(IServiceProvider services, CancellationToken cancel)
    {
        var allowances = services.GetRequiredService<Allowances>();
        return $"{await SumAsync(() => allowances.SweepAsync(Step), cancel)} people";
    }

    internal static async Task<string> VerifyAsync(IServiceProvider services, CancellationToken cancel)
    {
        var check = services.GetRequiredService<LedgerCheck>();
        return LedgerCheck.Say(await check.LookAsync(cancel));
    }

    private static (Database Database, CreditLedger Ledger) Parts(IServiceProvider services) =>
        (services.GetRequiredService<Database>(), services.GetRequiredService<CreditLedger>());

    private static async Task<int> SumAsync(Func<Task<int>> step, CancellationToken cancel)
    {
        var sum = 0;
        for (var steps = 0; steps < StepsMax && !cancel.IsCancellationRequested; steps++)
        {
            var done = await step();
            sum += done;
            if (done < Step)
                break;
        }

        return sum;
    }
}
