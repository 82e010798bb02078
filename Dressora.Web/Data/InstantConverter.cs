using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dressora.Web.Data;

/// <summary>An instant is a whole number of microseconds since 1970 on both engines: it sorts, and reads back as it was.</summary>
public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => ToMicroseconds(instant), number => FromMicroseconds(number))
{
    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long number) => DateTimeOffset.UnixEpoch.AddMicroseconds(number);

    public static DateTimeOffset Whole(DateTimeOffset instant) => FromMicroseconds(ToMicroseconds(instant));
}
