using System.Net.Http.Headers;

namespace Dressora.Web.Providers;

/// <summary>How long a provider asks us to wait.</summary>
internal static class Waits
{
    /// <summary>Nobody's job waits longer than this for one provider's word.</summary>
    internal static readonly TimeSpan Max = TimeSpan.FromMinutes(15);

    internal static TimeSpan? Read(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var asked = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Max ? Max : wait;
    }
}
