namespace Dressora.Web.Providers.Tailor;

/// <summary>The shape of a block of numbers, and the numbers where the file brings them.</summary>
internal sealed record Tensor(int[] Shape, float[]? Values, int[]? Whole)
{
    private const int RankMax = 6;
    private const int LengthMax = 32 * 1024 * 1024;

    internal int Length => LengthOf(Shape);
    internal int Rank => Shape.Length;

    /// <summary>One picture: high, wide, and so many numbers a place.</summary>
    internal (int High, int Wide, int Deep) Plane => Shape is [1, var high, var wide, var deep]
        ? (high, wide, deep)
        : throw new InvalidDataException("A picture was expected here.");

    internal static int LengthOf(int[] shape)
    {
        var length = 1L;
        foreach (var side in shape)
        {
            length *= side > 0 ? side : throw new InvalidDataException("A side without a length.");
            if (length > LengthMax)
                throw new InvalidDataException("More numbers than any model here needs.");
        }

        return shape.Length <= RankMax ? (int)length : throw new InvalidDataException("More sides than any model here has.");
    }

    internal static int[] StridesOf(int[] shape)
    {
        var strides = new int[shape.Length];
        for (var (i, step) = (shape.Length - 1, 1); i >= 0; step *= shape[i--])
            strides[i] = step;
        return strides;
    }
}
