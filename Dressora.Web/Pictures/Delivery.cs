using System.Text.Json.Serialization;

namespace Dressora.Web.Pictures;

internal sealed record PrintSize(int Width, int Height);

/// <summary>What came of an order: a fault, or sizes and beside them the bytes.</summary>
internal sealed record Delivery
{
    public PictureFault? Fault { get; init; }
    public SourceKind Kind { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public int Bands { get; init; }
    public IReadOnlyList<PrintSize> Sizes { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<byte[]> Blobs { get; init; } = [];

    internal static Delivery Refused(PictureFault fault) => new() { Fault = fault };

    /// <summary>Whether it can be an answer to the order at all; a child that was taken over may say anything.</summary>
    internal bool Answers(Order order)
    {
        if (Fault is { } fault)
            return Enum.IsDefined(fault) && Blobs.Count == 0;
        if (!Enum.IsDefined(Kind) || !IsSize(Width, Height, order.Limits))
            return false;
        return order.Kind switch
        {
            OrderKind.Probe => Blobs.Count == 0,
            OrderKind.Expose => Blobs.Count == 1 && Width <= order.WidthMax && Height <= order.HeightMax
                && new Pixels(Width, Height, Bands, Blobs[0]).IsWhole,
            _ => Sizes is not null && Sizes.Count == order.Prints.Count && Blobs.Count == order.Prints.Count
                && Sizes.All(size => size is not null && IsSize(size.Width, size.Height, order.Limits))
                && order.Prints.Zip(Blobs).All(pair => Printer.IsOf(pair.First.Kind, pair.Second)),
        };
    }

    private static bool IsSize(int width, int height, PictureLimits limits) =>
        width > 0 && height > 0 && width <= limits.SideMax && height <= limits.SideMax;
}
