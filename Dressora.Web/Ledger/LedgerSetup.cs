namespace Dressora.Web.Ledger;

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<CreditLedger>();
        return services;
    }
}
