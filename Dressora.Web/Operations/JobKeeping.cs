using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Generation;

namespace Dressora.Web.Operations;

/// <summary>What jobs leave behind.</summary>
internal static class JobKeeping
{
    /// <summary>Long enough to explain a job to whoever complains.</summary>
    private static readonly TimeSpan CallsKept = TimeSpan.FromDays(7);

    internal static async Task<string> ResultsAsync(IServiceProvider services, CancellationToken cancel) =>
        Say(await services.GetRequiredService<History>().SweepAsync());

    /// <summary>Makers' own words hold addresses of people's pictures.</summary>
    internal static async Task<string> CallsAsync(IServiceProvider services, CancellationToken cancel) =>
        Say(await services.GetRequiredService<Database>().WriteAsync(write => ProviderHooks.CleanAsync(write, write.Now - CallsKept), cancel));

    private static string Say(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows} rows");
}
