namespace Dressora.Web.Providers.Tailor;

/// <summary>A number for each place of a picture.</summary>
internal sealed record Field(int Width, int Height, float[] Values)
{
    internal Field(int width, int height)
        : this(width, height, new float[width * height])
    {
    }

    internal ref float this[int x, int y] => ref Values[(y * Width) + x];

    /// <summary>The nearest place that there is.</summary>
    internal float Near(float x, float y) =>
        Values[(Math.Clamp((int)MathF.Round(y), 0, Height - 1) * Width) + Math.Clamp((int)MathF.Round(x), 0, Width - 1)];

    internal Span<float> Row(int y) => Values.AsSpan(y * Width, Width);

    internal Field Map(Func<float, float> change)
    {
        var to = new Field(Width, Height);
        for (var i = 0; i < Values.Length; i++)
            to.Values[i] = change(Values[i]);
        return to;
    }

    internal Field With(Field other, Func<float, float, float> mix)
    {
        var to = new Field(Width, Height);
        for (var i = 0; i < Values.Length; i++)
            to.Values[i] = mix(Values[i], other.Values[i]);
        return to;
    }

    internal bool[] Above(float least)
    {
        var mask = new bool[Values.Length];
        for (var i = 0; i < mask.Length; i++)
            mask[i] = Values[i] > least;
        return mask;
    }

    internal static Field Of(int width, int height, bool[] mask)
    {
        var to = new Field(width, height);
        for (var i = 0; i < mask.Length; i++)
            to.Values[i] = mask[i] ? 1 : 0;
        return to;
    }
}
