using System.Text.Json.Serialization;

namespace Dressora.Web.Pictures;

internal enum OrderKind
{
    Probe,
    Develop,
    Expose,
    Fix,
}

/// <summary>One piece of work on one picture, whichever process does it.</summary>
internal sealed record Order(OrderKind Kind, IReadOnlyList<Print> Prints)
{
    public PictureLimits Limits { get; init; } = new();

    /// <summary>The file to read; null when the bytes come along.</summary>
    public string? Path { get; init; }

    /// <summary>The box for bare pixels to come, or the size of those that came.</summary>
    public int WidthMax { get; init; }
    public int HeightMax { get; init; }
    public int Bands { get; init; }
}

internal sealed record PrintSize(int Width, int Height);

/// <summary>What came of it: a fault, or sizes and beside them the bytes.</summary>
internal sealed record Delivery(PictureFault? Fault)
{
    public SourceKind Kind { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public int Bands { get; init; }
    public IReadOnlyList<PrintSize> Sizes { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<byte[]> Blobs { get; init; } = [];

    internal static Delivery Refused(PictureFault fault) => new(fault);
}
