using Dressora.Web.Accounts;

namespace Dressora.Web.Ledger;

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddOptions<AllowanceOptions>().BindConfiguration(AllowanceOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<LedgerGuard>().AddSingleton<CreditLedger>().AddSingleton<Balances>().AddSingleton<Allowances>();
        services.AddSingleton<Verifier>().AddSingleton<Proposals>().AddSingleton<LateHolds>().AddSingleton<Totals>().AddSingleton<BookSums>();
        services.AddSingleton<Farewell>(made => async (write, userId) =>
            await made.GetRequiredService<CreditLedger>().ForfeitAsync(write, new Command($"leave:{userId}"), userId, "the account was deleted"));
        return services;
    }
}
