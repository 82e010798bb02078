using System.Globalization;
using Dressora.Web.Media;

namespace Dressora.Web.Operations;

/// <summary>What the house does with files by itself.</summary>
internal static class FileKeeping
{
    private const int StepsMax = 100;

    internal static async Task<string> UnclaimedAsync(IServiceProvider services, CancellationToken cancel)
    {
        var uploads = services.GetRequiredService<Uploads>();
        var (all, gone) = (0, 1);
        for (var steps = 0; gone > 0 && steps < StepsMax && !cancel.IsCancellationRequested; steps++)
            all += gone = await uploads.SweepAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{all} files");
    }

    internal static async Task<string> CopiesAsync(IServiceProvider services, CancellationToken cancel)
    {
        var gone = await services.GetRequiredService<Exports>().SweepAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{gone} copies");
    }

    internal static async Task<string> CheckAsync(IServiceProvider services, CancellationToken cancel) =>
        (await services.GetRequiredService<Inventory>().CheckAsync(cancel)).ToString();
}
