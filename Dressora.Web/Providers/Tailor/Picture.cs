using System.Numerics;
using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Three colours for each place, from 0 to 255, as numbers that can be reckoned with.</summary>
internal sealed record Picture(int Width, int Height, Vector3[] Places)
{
    internal Picture(int width, int height)
        : this(width, height, new Vector3[width * height])
    {
    }

    internal static Picture Of(Pixels pixels)
    {
        var places = new Vector3[pixels.Width * pixels.Height];
        for (var i = 0; i < places.Length; i++)
            places[i] = ColourAt(pixels.Bytes.AsSpan(i * pixels.Bands, pixels.Bands));
        return new Picture(pixels.Width, pixels.Height, places);
    }

    internal Pixels Pixels()
    {
        var bytes = new byte[Places.Length * 3];
        for (var i = 0; i < Places.Length; i++)
        {
            var colour = Vector3.Clamp(Places[i] + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
            (bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
        }

        return new Pixels(Width, Height, 3, bytes);
    }

    internal Field Luma()
    {
        var luma = new Field(Width, Height);
        for (var i = 0; i < Places.Length; i++)
            luma.Values[i] = LumaOf(Places[i]);
        return luma;
    }

    internal static float LumaOf(Vector3 colour) => Vector3.Dot(colour, new Vector3(0.299f, 0.587f, 0.114f));

    /// <summary>Smaller by a whole and a half: each new place is the mean of what it covers.</summary>
    internal Picture Resized(int width, int height)
    {
        var to = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                to.Places[(y * width) + x] = Mean((float)x * Width / width, (float)(x + 1) * Width / width, (float)y * Height / height, (float)(y + 1) * Height / height);
        }

        return to;
    }

    /// <summary>Between the four nearest places; the rim holds on.</summary>
    internal Vector3 At(float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (across, down) = (x - left, y - top);
        var above = Vector3.Lerp(Held(left, top), Held(left + 1, top), across);
        return Vector3.Lerp(above, Vector3.Lerp(Held(left, top + 1), Held(left + 1, top + 1), across), down);
    }

    internal Vector3 Held(int x, int y) => Places[(Math.Clamp(y, 0, Height - 1) * Width) + Math.Clamp(x, 0, Width - 1)];

    private Vector3 Mean(float left, float right, float top, float bottom)
    {
        var (sum, weight) = (Vector3.Zero, 0f);
        for (var y = (int)top; y < MathF.Min(Height, MathF.Ceiling(bottom)); y++)
        {
            var down = MathF.Min(y + 1, bottom) - MathF.Max(y, top);
            for (var x = (int)left; x < MathF.Min(Width, MathF.Ceiling(right)); x++)
            {
                var share = down * (MathF.Min(x + 1, right) - MathF.Max(x, left));
                sum += Places[(y * Width) + x] * share;
                weight += share;
            }
        }

        return sum / MathF.Max(weight, 1e-6f);
    }

    /// <summary>What shows through is white, as paper is.</summary>
    private static Vector3 ColourAt(ReadOnlySpan<byte> bands) => bands switch
    {
        [var grey] => new Vector3(grey),
        [var red, var green, var blue] => new Vector3(red, green, blue),
        [var red, var green, var blue, var alpha] => Vector3.Lerp(new Vector3(255), new Vector3(red, green, blue), alpha / 255f),
        _ => Vector3.Zero,
    };
}
