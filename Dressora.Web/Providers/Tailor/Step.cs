namespace Dressora.Web.Providers.Tailor;

/// <summary>One operator that was found sound, ready to be run: from the tensors it reads to the one it writes.</summary>
internal abstract class Step(int[] reads, int writes)
{
    internal int[] Reads { get; } = reads;
    internal int Writes { get; } = writes;

    /// <summary>The blocks are as long as their tensors' shapes say.</summary>
    internal abstract void Run(float[][] from, float[] to, int threads);

    /// <summary>Rows are shared out; one thread does them in order.</summary>
    protected static void Each(int count, int threads, Action<int> row)
    {
        if (threads < 2 || count < 2)
        {
            for (var i = 0; i < count; i++)
                row(i);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, row);
    }

    protected static void Demand(bool isSo, string what)
    {
        if (!isSo)
            throw new InvalidDataException(what);
    }
}

/// <summary>How a window moves over a picture, and what is done to what comes out.</summary>
internal readonly record struct Stride(int Down, int Across, int PadTop, int PadLeft, Clip Clip)
{
    private const int Valid = 1;
    private const int Most = 16;

    /// <param name="from">The sides of the picture, the window and the result, in this order.</param>
    internal static Stride Of((int High, int Wide) from, (int High, int Wide) window, (int High, int Wide) to, int padding, (int Down, int Across) step, int clip)
    {
        if (step.Down is < 1 or > Most || step.Across is < 1 or > Most)
            throw new InvalidDataException("A step of no use.");
        var (down, across) = (Before(from.High, window.High, to.High, step.Down, padding), Before(from.Wide, window.Wide, to.Wide, step.Across, padding));
        return new Stride(step.Down, step.Across, down, across, Clip.Of(clip));
    }

    private static int Before(int from, int window, int to, int step, int padding)
    {
        var expected = padding == Valid ? ((from - window) / step) + 1 : (from + step - 1) / step;
        if (padding is not (0 or Valid) || to != expected || (padding == Valid && window > from))
            throw new InvalidDataException("A result of another size than its window makes.");
        return padding == Valid ? 0 : Math.Max(0, ((to - 1) * step) + window - from) / 2;
    }
}

/// <summary>The bounds that a result is kept within.</summary>
internal readonly record struct Clip(float Least, float Most)
{
    internal static readonly Clip None = new(float.NegativeInfinity, float.PositiveInfinity);

    internal bool IsNone => this == None;

    internal static Clip Of(int code) => code switch
    {
        0 => None,
        1 => new Clip(0, float.PositiveInfinity),
        3 => new Clip(0, 6),
        _ => throw new InvalidDataException($"Activation {code} is not known here."),
    };

    internal float Of(float value) => value < Least ? Least : value > Most ? Most : value;
}
