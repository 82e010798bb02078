namespace Dressora.Web.Pictures;

/// <summary>
/// Reads files that people say are pictures, and makes clean ones of them. Nothing of the file reaches a print but its
/// pixels. What is wrong with a file is an answer, never an exception.
/// </summary>
public sealed class Darkroom(PictureLimits limits)
{
    public PictureLimits Limits => limits;

    /// <summary>Kind and size by the header alone, without prints.</summary>
    public async Task<Developed> ProbeAsync(PictureSource source, CancellationToken cancel = default) =>
        Developed(await AskAsync(new Order(OrderKind.Probe, []), source, cancel), []);

    public async Task<Developed> DevelopAsync(
        PictureSource source, IReadOnlyList<Print> prints, CancellationToken cancel = default) =>
        Developed(await AskAsync(new Order(OrderKind.Develop, prints), source, cancel), prints);

    /// <summary>Bare pixels, upright and in sRGB, at most as large as the box.</summary>
    public async Task<Exposed> ExposeAsync(
        PictureSource source, int widthMax, int heightMax, CancellationToken cancel = default)
    {
        var order = new Order(OrderKind.Expose, []) { WidthMax = widthMax, HeightMax = heightMax };
        var delivery = await AskAsync(order, source, cancel);
        return delivery.Fault is { } fault
            ? new Exposed.Refused(fault)
            : new Exposed.Picture(new Pixels(delivery.Width, delivery.Height, delivery.Bands, delivery.Blobs[0]));
    }

    /// <summary>Prints of pixels that we made ourselves.</summary>
    public async Task<Fixed> FixAsync(Pixels pixels, IReadOnlyList<Print> prints, CancellationToken cancel = default)
    {
        if (!pixels.IsWhole)
            throw new ArgumentException("The bytes do not fit the size.", nameof(pixels));
        var order = new Order(OrderKind.Fix, prints)
        {
            WidthMax = pixels.Width, HeightMax = pixels.Height, Bands = pixels.Bands,
        };
        var delivery = await AskAsync(order, PictureSource.Of(pixels.Bytes), cancel);
        return delivery.Fault is { } fault ? new Fixed.Refused(fault) : new Fixed.Done(Prints(delivery, prints));
    }

    private static Developed Developed(Delivery delivery, IReadOnlyList<Print> asked) => delivery.Fault is { } fault
        ? new Developed.Refused(fault)
        : new Developed.Picture(delivery.Kind, delivery.Width, delivery.Height, Prints(delivery, asked));

    private static IReadOnlyList<DevelopedPrint> Prints(Delivery delivery, IReadOnlyList<Print> asked) =>
        [.. asked.Select((print, i) => new DevelopedPrint(print, delivery.Sizes[i].Width, delivery.Sizes[i].Height, delivery.Blobs[i]))];

    private async Task<Delivery> AskAsync(Order order, PictureSource source, CancellationToken cancel)
    {
        if (source.Length == 0)
            return Delivery.Refused(PictureFault.Empty);
        if (source.Length > limits.BytesMax && order.Kind != OrderKind.Fix)
            return Delivery.Refused(PictureFault.TooManyBytes);
        var bytes = source switch
        {
            PictureSource.OnDisk file => await File.ReadAllBytesAsync(file.Path, cancel),
            PictureSource.Memory memory => memory.Bytes.ToArray(),
            _ => [],
        };
        return await Task.Run(() => Enlarger.Work(order with { Limits = limits }, bytes), cancel);
    }
}
