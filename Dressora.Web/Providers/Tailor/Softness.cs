using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Blurs that cost the same whatever their width.</summary>
internal static class Softness
{
    private const int Passes = 3;

    /// <summary>Close to a Gaussian of this width.</summary>
    internal static Field Blur(Field field, float sigma)
    {
        var radius = Math.Max(1, (int)MathF.Round((MathF.Sqrt((12 * sigma * sigma / Passes) + 1) - 1) / 2));
        var (one, other) = ((float[])field.Values.Clone(), new float[field.Values.Length]);
        for (var pass = 0; pass < Passes; pass++)
        {
            Across(one, other, field.Width, field.Height, radius);
            Down(other, one, field.Width, field.Height, radius);
        }

        return field with { Values = one };
    }

    /// <summary>The mean of a square around each place.</summary>
    internal static Field Box(Field field, int radius)
    {
        var (one, other) = (new float[field.Values.Length], new float[field.Values.Length]);
        Across(field.Values, one, field.Width, field.Height, radius);
        Down(one, other, field.Width, field.Height, radius);
        return field with { Values = other };
    }

    /// <summary>A blur of what the mask holds alone.</summary>
    internal static Field Blur(Field field, Field mask, float sigma)
    {
        var (sum, weight) = (Blur(field.With(mask, (value, share) => value * share), sigma), Blur(mask, sigma));
        return sum.With(weight, (value, share) => value / (share + 1e-3f));
    }

    /// <summary>Makes a rough map follow the edges of the picture it belongs to (a guided filter).</summary>
    internal static Field Follow(Field map, Field guide, int radius, float least)
    {
        var (meanGuide, meanMap) = (Box(guide, radius), Box(map, radius));
        var slope = Box(guide.With(guide, (a, b) => a * b), radius);
        var offset = Box(guide.With(map, (a, b) => a * b), radius);
        for (var i = 0; i < slope.Values.Length; i++)
        {
            var (g, m) = (meanGuide.Values[i], meanMap.Values[i]);
            slope.Values[i] = (offset.Values[i] - (g * m)) / (slope.Values[i] - (g * g) + least);
            offset.Values[i] = m - (slope.Values[i] * g);
        }

        (slope, offset) = (Box(slope, radius), Box(offset, radius));
        for (var i = 0; i < slope.Values.Length; i++)
            slope.Values[i] = Math.Clamp((slope.Values[i] * guide.Values[i]) + offset.Values[i], 0, 1);
        return slope;
    }

    /// <summary>A row of numbers, smoothed; its ends hold on.</summary>
    internal static float[] Smooth(float[] row, float sigma)
    {
        var reach = (int)(3 * sigma) + 1;
        var to = new float[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var (sum, weight) = (0f, 0f);
            for (var d = -reach; d <= reach; d++)
            {
                var share = MathF.Exp(-0.5f * d * d / (sigma * sigma));
                sum += row[Math.Clamp(i + d, 0, row.Length - 1)] * share;
                weight += share;
            }

            to[i] = sum / weight;
        }

        return to;
    }

    private static void Across(float[] from, float[] to, int width, int height, int radius)
    {
        var share = 1f / ((2 * radius) + 1);
        for (var y = 0; y < height; y++)
        {
            var row = from.AsSpan(y * width, width);
            var result = to.AsSpan(y * width, width);
            var sum = row[0] * (radius + 1);
            for (var x = 1; x <= radius; x++)
                sum += row[Math.Min(x, width - 1)];
            for (var x = 0; x < width; x++)
            {
                result[x] = sum * share;
                sum += row[Math.Min(x + radius + 1, width - 1)] - row[Math.Max(x - radius, 0)];
            }
        }
    }

    private static void Down(float[] from, float[] to, int width, int height, int radius)
    {
        var share = 1f / ((2 * radius) + 1);
        var sums = new float[width];
        for (var y = -radius; y <= radius; y++)
            Add(sums, from.AsSpan(Math.Clamp(y, 0, height - 1) * width, width), 1);
        for (var y = 0; y < height; y++)
        {
            var result = to.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
                result[x] = sums[x] * share;
            Add(sums, from.AsSpan(Math.Min(y + radius + 1, height - 1) * width, width), 1);
            Add(sums, from.AsSpan(Math.Max(y - radius, 0) * width, width), -1);
        }
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> row, float sign)
    {
        var (x, signs) = (0, new Vector<float>(sign));
        for (; x <= sums.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) + (new Vector<float>(row[x..]) * signs)).CopyTo(sums[x..]);
        for (; x < sums.Length; x++)
            sums[x] += row[x] * sign;
    }
}
