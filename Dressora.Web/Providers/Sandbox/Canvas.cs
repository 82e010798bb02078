using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Sandbox;

internal readonly record struct Colour(byte Red, byte Green, byte Blue);

internal readonly record struct Box(int Left, int Top, int Width, int Height)
{
    internal Box Column(int index, int count)
    {
        var margin = Math.Max(Math.Min(Width, Height) / 40, 2);
        var each = (Width - (margin * (count + 1))) / count;
        return new Box(Left + margin + (index * (each + margin)), Top + margin, each, Height - (2 * margin));
    }
}

/// <summary>Pixels to draw on.</summary>
internal sealed class Canvas
{
    private const int Bands = 3;
    private readonly byte[] _bytes;

    internal Canvas(int width, int height, Colour paper)
    {
        (Width, Height) = (width, height);
        _bytes = new byte[width * height * Bands];
        Fill(new Box(0, 0, width, height), paper);
    }

    internal int Width { get; }
    internal int Height { get; }
    internal Pixels Pixels => new(Width, Height, Bands, _bytes);

    internal void Fill(Box box, Colour colour)
    {
        for (var y = Math.Max(box.Top, 0); y < Math.Min(box.Top + box.Height, Height); y++)
        {
            for (var x = Math.Max(box.Left, 0); x < Math.Min(box.Left + box.Width, Width); x++)
                Dot(x, y, colour);
        }
    }

    /// <summary>In the middle of the box, as large as it is.</summary>
    internal void Place(Pixels picture, Box box)
    {
        var (left, top) = (box.Left + ((box.Width - picture.Width) / 2), box.Top + ((box.Height - picture.Height) / 2));
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
                Dot(left + x, top + y, At(picture, x, y));
        }
    }

    /// <summary>As large as the box lets it be, in as many lines as that takes.</summary>
    internal void Write(string text, Box box, Colour ink)
    {
        var (lines, size) = PixelFont.Fit(text, box.Width * 9 / 10, box.Height * 9 / 10);
        var top = box.Top + ((box.Height - (lines.Count * PixelFont.LineHeight * size)) / 2);
        foreach (var line in lines)
        {
            var left = box.Left + ((box.Width - (line.Length * PixelFont.Advance * size)) / 2);
            foreach (var letter in line)
            {
                foreach (var (x, y) in PixelFont.Dots(letter))
                    Fill(new Box(left + (x * size), top + (y * size), size, size), ink);
                left += PixelFont.Advance * size;
            }

            top += PixelFont.LineHeight * size;
        }
    }

    private void Dot(int x, int y, Colour colour)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
            return;
        var at = ((y * Width) + x) * Bands;
        (_bytes[at], _bytes[at + 1], _bytes[at + 2]) = (colour.Red, colour.Green, colour.Blue);
    }

    private static Colour At(Pixels picture, int x, int y)
    {
        var at = ((y * picture.Width) + x) * picture.Bands;
        var bytes = picture.Bytes;
        return picture.Bands == 1 ? new Colour(bytes[at], bytes[at], bytes[at]) : new Colour(bytes[at], bytes[at + 1], bytes[at + 2]);
    }
}
