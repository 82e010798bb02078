using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Payments;

namespace Dressora.Web.Operations;

/// <summary>What payments do by themselves.</summary>
internal static class MoneyKeeping
{
    /// <summary>Long enough for whoever asks about a payment, or a bank that does.</summary>
    private static readonly TimeSpan CallsKept = TimeSpan.FromDays(180);

    internal static Task<string> AskAsync(IServiceProvider services, CancellationToken cancel) =>
        services.GetRequiredService<Sweep>().AskAsync(cancel);

    internal static Task<string> ListAsync(IServiceProvider services, CancellationToken cancel) =>
        services.GetRequiredService<Sweep>().ListAsync(cancel);

    internal static async Task<string> CleanAsync(IServiceProvider services, CancellationToken cancel)
    {
        var rows = await services.GetRequiredService<Database>().WriteAsync(write => Inbox.CleanAsync(write, CallsKept), cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows");
    }
}
