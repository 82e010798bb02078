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
        services.AddSingleton<Mailbox>();
        services.AddSingleton<SmtpMailTransport>();
        services.AddSingleton<LogMailTransport>();
        services.AddSingleton<IMailTransport>(provider =>
            provider.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length > 0
                ? provider.GetRequiredService<SmtpMailTransport>()
                : provider.GetRequiredService<LogMailTransport>());
        services.AddHostedService<MailWorker>();
        return services;
    }
}
