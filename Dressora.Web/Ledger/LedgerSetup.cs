namespace Dressora.Web.Ledger;

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddOptions<AllowanceOptions>().BindConfiguration(AllowanceOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<LedgerGuard>().AddSingleton<CreditLedger>().AddSingleton<Balances>().AddSingleton<Allowances>();
        services.AddSingleton<Verifier>().AddSingleton<Proposals>().AddSingleton<LateHolds>().AddSingleton<Totals>();
        return services;
    }
}
