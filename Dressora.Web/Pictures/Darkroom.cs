using System.Diagnostics;

namespace Dressora.Web.Pictures;

/// <summary>
/// Reads files that people say are pictures, and makes clean ones of them. Nothing of the file reaches a print but its
/// pixels. What is wrong with a file is an answer, never an exception; a file that is not there is one.
/// </summary>
public sealed class Darkroom : IAsyncDisposable
{
    private const long Gigabyte = 1024 * 1024 * 1024;
    private const int PrintsMax = Wire.BlobsMax;

    private readonly Apprentices _apprentices;

    public Darkroom(TimeProvider clock, ILogger<Darkroom> log)
        : this(ChildStart.Ours(), new PictureLimits(), AtOnceHere(), clock, log)
    {
    }

    internal Darkroom(ProcessStartInfo start, PictureLimits limits, int atOnceMax, TimeProvider clock, ILogger log)
    {
        Limits = limits;
        _apprentices = new Apprentices(start, limits, atOnceMax, clock, log);
    }

    public PictureLimits Limits { get; }

    internal IReadOnlyList<int> IdleChildren => _apprentices.IdleIds;

    /// <summary>Whether libvips is on this machine; looked up anew each time.</summary>
    public static bool HasLibrary => VipsLibrary.IsInstalled();

    /// <summary>Kind and size by the header alone, without prints.</summary>
    public async Task<Developed> ProbeAsync(PictureSource source, CancellationToken cancel = default) =>
        Said(await AskAsync(new Order(OrderKind.Probe, []), source, cancel), []);

    /// <summary>Prints in the order they were asked for, at most sixteen.</summary>
    public async Task<Developed> DevelopAsync(
        PictureSource source, IReadOnlyList<Print> prints, CancellationToken cancel = default) =>
        Said(await AskAsync(new Order(OrderKind.Develop, Fitting(prints)), source, cancel), prints);

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
        if (!pixels.IsWhole || pixels.Bytes.Length > Limits.AnswerBytesMax)
            throw new ArgumentException("The bytes do not fit the size, or a child.", nameof(pixels));
        var order = new Order(OrderKind.Fix, Fitting(prints))
        {
            WidthMax = pixels.Width,
            HeightMax = pixels.Height,
            Bands = pixels.Bands,
            Limits = Limits,
        };
        var delivery = await _apprentices.WorkAsync(order, pixels.Bytes, cancel);
        return delivery.Fault is { } fault ? new Fixed.Refused(fault) : new Fixed.Done(Printed(delivery, prints));
    }

    public ValueTask DisposeAsync() => _apprentices.DisposeAsync();

    /// <summary>A picture may take half a gigabyte, and a small machine has one.</summary>
    private static int AtOnceHere()
    {
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gigabyte;
        return (int)Math.Clamp(Math.Min(gigabytes, Environment.ProcessorCount), 1, 4);
    }

    private static IReadOnlyList<Print> Fitting(IReadOnlyList<Print> prints) =>
        prints.Count <= PrintsMax && prints.All(print => print.Quality is >= 1 and <= 100 && print.WidthMax is null or > 0)
            ? prints
            : throw new ArgumentException("Too many prints, or one of no quality or width.", nameof(prints));

    private static Developed Said(Delivery delivery, IReadOnlyList<Print> asked) => delivery.Fault is { } fault
        ? new Developed.Refused(fault)
        : new Developed.Picture(delivery.Kind, delivery.Width, delivery.Height, Printed(delivery, asked));

    private static IReadOnlyList<DevelopedPrint> Printed(Delivery delivery, IReadOnlyList<Print> asked) =>
    [
        .. asked.Select((print, i) =>
            new DevelopedPrint(print, delivery.Sizes[i].Width, delivery.Sizes[i].Height, delivery.Blobs[i])),
    ];

    /// <summary>What needs no child to be seen is refused before one is asked.</summary>
    private async Task<Delivery> AskAsync(Order order, PictureSource source, CancellationToken cancel)
    {
        if (source.Length > Limits.BytesMax)
            return Delivery.Refused(PictureFault.TooManyBytes);
        var (path, bytes) = source switch
        {
            PictureSource.OnDisk file => (file.Path, (ReadOnlyMemory<byte>?)null),
            PictureSource.Memory memory => (null, memory.Bytes),
            _ => throw new UnreachableException(),
        };
        var head = bytes ?? await PictureFile.ReadHeadAsync(path!, cancel);
        if (head.IsEmpty)
            return Delivery.Refused(PictureFault.Empty);
        if (Header.KindOf(head.Span) is null)
            return Delivery.Refused(PictureFault.NotAPicture);
        return await _apprentices.WorkAsync(order with { Path = path, Limits = Limits }, bytes, cancel);
    }
}
