namespace Dressora.Web.Generation;

/// <summary>
/// Who may be asked for a tool's work, at what price and in which order. A row, so that an admin changes it without a
/// release.
/// </summary>
public sealed record Model
{
    public const long PriceMax = 1_000_000;
    public static readonly TimeSpan LifeMin = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(45);

    public long Id { get; init; }
    public required string Tool { get; init; }
    public required string Provider { get; init; }

    /// <summary>What the provider calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What people read.</summary>
    public required string Title { get; init; }
    public required int Position { get; init; }
    public required bool IsEnabled { get; init; }

    /// <summary>Credits a result.</summary>
    public required long Price { get; init; }
    public required long LifeSeconds { get; init; }

    /// <summary>Jobs a day, for a provider whose bill should stay small.</summary>
    public int? DailyMax { get; init; }

    /// <summary>How long the last ones took, newer ones counting more.</summary>
    public required long WaitMs { get; init; }
    public long? PreviewMs { get; init; }

    public TimeSpan Life => TimeSpan.FromSeconds(LifeSeconds);

    /// <summary>What people are told to expect.</summary>
    public TimeSpan Wait => WaitOf(WaitMs);

    /// <summary>What people are told, of what it usually takes.</summary>
    public static TimeSpan WaitOf(long usualMs) => TimeSpan.FromMilliseconds(usualMs) + Margin;

    public TimeSpan? PreviewWait => PreviewMs is { } ms ? TimeSpan.FromMilliseconds(ms) + Margin : null;

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
}
