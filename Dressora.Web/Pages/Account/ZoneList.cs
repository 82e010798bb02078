using Dressora.Web.Identity;

namespace Dressora.Web.Pages.Account;

/// <summary>A place for every hour of the earth, so that the list stays short; what somebody has already stays in it.</summary>
internal static class ZoneList
{
    private static readonly string[] Places =
    [
        "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/Bogota",
        "America/New_York", "America/Halifax", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/St_Johns",
        "Atlantic/Azores", "Europe/London", "Africa/Lagos", "Europe/Berlin", "Africa/Cairo", "Africa/Johannesburg",
        "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow", "Africa/Nairobi", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul",
        "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta",
        "Asia/Shanghai", "Asia/Singapore", "Australia/Perth", "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney",
        "Pacific/Auckland",
    ];

    internal static IEnumerable<string> With(string? own) =>
        new[] { own ?? Zone.Utc, Zone.Utc }.Concat(Places.Where(Zone.IsKnown)).Distinct();
}
