using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments.Razorpay;

namespace Dressora.Web.Payments;

public static class PaymentsSetup
{
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddOptions<PaymentOptions>().BindConfiguration(PaymentOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<Catalogue>().AddSingleton<Gateways>().AddSingleton<Checkout>().AddSingleton<Plans>();
        services.AddSingleton<Cashier>().AddSingleton<Grants>().AddSingleton<Reversals>().AddSingleton<Refunds>();
        services.AddSingleton<MoneyLetters>().AddSingleton<Till>().AddSingleton<Sweep>().AddSingleton<Inbox>();
        services.AddSingleton<InboxBell>().AddSingleton<Bell>(made => made.GetRequiredService<InboxBell>());
        services.AddSingleton<Farewell>(_ => Plans.FarewellAsync);
        services.AddHostedService<InboxWorker>();
        services.AddDemo();
        services.AddRazorpay();
        return services;
    }

    public static void MapPayments(this IEndpointRouteBuilder routes) => InboxDoor.Map(routes);

    private static void AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoBooks>().AddSingleton<DemoDesk>().AddSingleton<DemoGateway>().AddSingleton<DemoPhone>();
        services.AddSingleton<IGateway>(made => made.GetRequiredService<DemoGateway>());
    }

    /// <summary>A redirect would carry the key elsewhere, a log line the address.</summary>
    private static void AddRazorpay(this IServiceCollection services)
    {
        services.AddHttpClient(RazorpayLine.Client)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers();
        services.AddSingleton<RazorpayLine>().AddSingleton<RazorpayLinks>().AddSingleton<RazorpayPlans>();
        services.AddSingleton<IGateway, RazorpayGateway>();
    }
}
