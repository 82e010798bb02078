namespace Dressora.Web.Pictures;

/// <summary>How much of anything one picture may be or take.</summary>
public sealed record PictureLimits
{
    private const int Megabyte = 1024 * 1024;

    public int BytesMax { get; init; } = 25 * Megabyte;
    public long PixelsMax { get; init; } = 40_000_000;
    public int SideMax { get; init; } = 12_000;

    /// <summary>From the moment its turn came.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a child may take beside what it needs to be alive.</summary>
    public int MemoryMegabytesMax { get; init; } = 512;

    /// <summary>All prints of one picture, or its bare pixels.</summary>
    public int AnswerBytesMax { get; init; } = 160 * Megabyte;
}
