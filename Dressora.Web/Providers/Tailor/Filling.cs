using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Colours for places that have none, from those around them: shrink what is known until nothing is missing, then grow it back.</summary>
internal static class Filling
{
    internal static Picture Fill(Picture picture, Field known)
    {
        if (picture.Width <= 2 || picture.Height <= 2)
            return picture;
        var (width, height) = ((picture.Width + 1) / 2, (picture.Height + 1) / 2);
        var (small, weights) = (new Picture(width, height), new Field(width, height));
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (from, to) = ((y * picture.Width) + x, (y / 2 * width) + (x / 2));
                small.Places[to] += picture.Places[from] * known.Values[from];
                weights.Values[to] += known.Values[from];
            }
        }

        for (var i = 0; i < small.Places.Length; i++)
        {
            small.Places[i] /= MathF.Max(weights.Values[i], 1e-6f);
            weights.Values[i] = MathF.Min(1, weights.Values[i]);
        }

        var below = Fill(small, weights);
        var filled = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < filled.Places.Length; i++)
        {
            var share = known.Values[i];
            filled.Places[i] = share >= 1
                ? picture.Places[i]
                : Vector3.Lerp(below.At(((i % picture.Width) - 0.5f) / 2, ((i / picture.Width) - 0.5f) / 2), picture.Places[i], share);
        }

        return filled;
    }
}
