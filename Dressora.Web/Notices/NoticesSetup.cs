using Dressora.Web.Accounts;
using Dressora.Web.Ledger;
using Dressora.Web.Notices.Log;
using Dressora.Web.Notices.Smtp;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Notices;

public static class NoticesSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<MailBell>();
        services.AddSingleton<Mailbox>().AddSingleton<Stationery>().AddSingleton<NoticeBoard>();
        services.AddSingleton<Farewell>(_ => NoticeBoard.ForgetAsync);
        services.AddSingleton<GiftTold>(made => (write, userId) =>
            made.GetRequiredService<NoticeBoard>().PutUpAsync(write, userId, NoticeKind.Credits, "/credits"));
        services.AddSingleton<SmtpMailTransport>();
        services.AddSingleton<LogMailTransport>();
        // Asked at every letter: an owner who sets a mail server on a page need not restart.
        services.AddSingleton<Func<IMailTransport>>(provider => () =>
            provider.GetRequiredService<IOptionsMonitor<MailOptions>>().CurrentValue.Host.Length > 0
                ? provider.GetRequiredService<SmtpMailTransport>()
                : provider.GetRequiredService<LogMailTransport>());
        services.AddHostedService<MailWorker>();
        return services;
    }
}
