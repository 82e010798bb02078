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
