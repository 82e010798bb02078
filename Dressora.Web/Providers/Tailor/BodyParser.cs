using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Which places of a photo are hair, skin, face and clothes, each from 0 to 1 and as fine as the photo.</summary>
internal sealed record BodyMap(Field Person, Field Hair, Field Skin, Field Face, Field Clothes)
{
    internal int Width => Person.Width;
    internal int Height => Person.Height;

    /// <summary>How much of the photo is a face.</summary>
    internal float FaceShare { get; init; }

    /// <summary>The places of the second largest figure, as a share of the largest.</summary>
    internal float SecondFigure { get; init; }
}

/// <summary>Asks the model that tells people's parts apart.</summary>
internal sealed class BodyParser(Network network)
{
    internal const int Side = 256;
    private const int Parts = 6;
    private const int FollowRadius = 9;
    private const float FollowLeast = 2e-4f;

    /// <summary>The rough shares, a layer after the other: background, hair, skin, face, clothes, other.</summary>
    internal Field[] Rough(Picture photo, int threads)
    {
        var small = photo.Resized(Side, Side);
        var input = new float[Side * Side * 3];
        for (var i = 0; i < small.Places.Length; i++)
            ((small.Places[i] / 127.5f) - Vector3.One).CopyTo(input, 3 * i);
        var said = network.Run(input, threads)[0];
        var layers = Enumerable.Range(0, Parts).Select(_ => new Field(Side, Side)).ToArray();
        Span<float> shares = stackalloc float[Parts];
        for (var i = 0; i < Side * Side; i++)
        {
            Softmax.Share(said.AsSpan(i * Parts, Parts), shares);
            for (var part = 0; part < Parts; part++)
                layers[part].Values[i] = shares[part];
        }

        return layers;
    }

    internal BodyMap Parse(Picture photo, int threads)
    {
        var rough = Rough(photo, threads);
        var figure = rough[0].Map(share => 1 - share).Above(0.5f);
        var sizes = Shapes.Sizes(figure, Side);
        var near = Shapes.Grow(Shapes.Largest(figure, Side), Side, 3);
        foreach (var layer in rough[1..])
        {
            for (var i = 0; i < near.Length; i++)
                layer.Values[i] = near[i] ? layer.Values[i] : 0;
        }

        var guide = photo.Luma().Map(value => value / 255);
        Field Fine(Func<int, float> share)
        {
            var layer = new Field(Side, Side);
            for (var i = 0; i < layer.Values.Length; i++)
                layer.Values[i] = share(i);
            return Softness.Follow(Enlarge(layer, photo.Width, photo.Height), guide, FollowRadius, FollowLeast);
        }

        var clothes = Fine(i => rough[4].Values[i] + (rough[4].Values[i] > 0.1f ? rough[5].Values[i] : 0));
        return new BodyMap(
            Fine(i => rough[1].Values[i] + rough[2].Values[i] + rough[3].Values[i] + rough[4].Values[i] + rough[5].Values[i]),
            Fine(i => rough[1].Values[i]), Fine(i => rough[2].Values[i] + rough[3].Values[i]), Fine(i => rough[3].Values[i]), clothes)
        {
            FaceShare = rough[3].Values.Count(share => share > 0.5f) / (float)(Side * Side),
            SecondFigure = sizes.Count > 1 ? sizes[1] / (float)sizes[0] : 0,
        };
    }

    private static Field Enlarge(Field small, int width, int height)
    {
        var to = new Field(width, height);
        for (var y = 0; y < height; y++)
        {
            var sy = Math.Clamp(((y + 0.5f) * small.Height / height) - 0.5f, 0, small.Height - 1.001f);
            var (top, down) = ((int)sy, sy - (int)sy);
            for (var x = 0; x < width; x++)
            {
                var sx = Math.Clamp(((x + 0.5f) * small.Width / width) - 0.5f, 0, small.Width - 1.001f);
                var (left, across) = ((int)sx, sx - (int)sx);
                var above = float.Lerp(small[left, top], small[left + 1, top], across);
                to[x, y] = float.Lerp(above, float.Lerp(small[left, top + 1], small[left + 1, top + 1], across), down);
            }
        }

        return to;
    }
}
