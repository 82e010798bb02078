namespace Dressora.Web.Identity;

/// <summary>A person's days, whatever the clocks do where they live.</summary>
public static class Zone
{
    public const string Utc = "UTC";

    public static bool IsKnown(string id) => id.Length is > 0 and <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    public static DateOnly DayOf(DateTimeOffset instant, string id) =>
        DateOnly.FromDateTime(At(instant, id).DateTime);

    /// <summary>That instant as the clocks there show it.</summary>
    public static DateTimeOffset At(DateTimeOffset instant, string id) => TimeZoneInfo.ConvertTime(instant, Find(id));

    /// <summary>When that day begins there. Where midnight is skipped it begins with the first minute there is.</summary>
    public static DateTimeOffset Begin(DateOnly day, string id)
    {
        var zone = Find(id);
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    /// <summary>A machine without the zone's data still works, by UTC.</summary>
    private static TimeZoneInfo Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
