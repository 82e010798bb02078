using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>What is laid over a photo: colours, and how much of each place they cover.</summary>
internal sealed class Layer(int width, int height)
{
    private const int Finer = 2;

    internal int Width { get; } = width;
    internal int Height { get; } = height;
    internal Vector3[] Colours { get; } = new Vector3[width * height];
    internal Field Cover { get; } = new(width, height);

    /// <summary>Draws a net of cloth: each mesh of it as two triangles.</summary>
    /// <param name="cover">How much of a place of the garment is to be drawn.</param>
    internal void Draw(Cloth cloth, Picture colours, Func<float, float, float> cover)
    {
        for (var row = 0; row < cloth.Rows - 1; row++)
        {
            for (var column = 0; column < cloth.Columns - 1; column++)
            {
                var first = (row * cloth.Columns) + column;
                Triangle(cloth, first, first + 1, first + cloth.Columns, colours, cover);
                Triangle(cloth, first + cloth.Columns + 1, first + cloth.Columns, first + 1, colours, cover);
            }
        }
    }

    private void Triangle(Cloth cloth, int a, int b, int c, Picture colours, Func<float, float, float> cover)
    {
        var (from, to, across, down) = (cloth.KnotFrom(a), cloth.KnotTo(a), cloth.KnotTo(b) - cloth.KnotTo(a), cloth.KnotTo(c) - cloth.KnotTo(a));
        var (fromAcross, fromDown) = (cloth.KnotFrom(b) - from, cloth.KnotFrom(c) - from);
        var area = (across.X * down.Y) - (across.Y * down.X);
        if (MathF.Abs(area) < 1e-3f)
            return;
        var least = Vector2.Max(Vector2.Min(to, Vector2.Min(to + across, to + down)), Vector2.Zero);
        var most = Vector2.Min(Vector2.Max(to, Vector2.Max(to + across, to + down)), new Vector2(Width - 1, Height - 1));
        for (var y = (int)least.Y; y <= most.Y; y++)
        {
            for (var x = (int)least.X; x <= most.X; x++)
            {
                var way = new Vector2(x, y) - to;
                var (u, v) = (((way.X * down.Y) - (way.Y * down.X)) / area, ((across.X * way.Y) - (across.Y * way.X)) / area);
                // A hair's breadth over the edge, so that no line stays open between two meshes.
                if (u < -0.002f || v < -0.002f || u + v > 1.002f)
                    continue;
                var (step, other) = (fromAcross * (down.Y / area) - (fromDown * (across.Y / area)), (fromDown * (across.X / area)) - (fromAcross * (down.X / area)));
                Lay((y * Width) + x, from + (fromAcross * u) + (fromDown * v), step, other, colours, cover);
            }
        }
    }

    /// <summary>Several looks at the cloth under one place, since it may be drawn smaller than it is.</summary>
    private void Lay(int place, Vector2 from, Vector2 across, Vector2 down, Picture colours, Func<float, float, float> cover)
    {
        var (colour, sum) = (Vector3.Zero, 0f);
        for (var i = 0; i < Finer * Finer; i++)
        {
            var seen = from + (across * (((i % Finer) + 0.5f) / Finer - 0.5f)) + (down * (((i / Finer) + 0.5f) / Finer - 0.5f));
            var share = cover(seen.X, seen.Y);
            if (share <= 0)
                continue;
            colour += colours.At(seen.X, seen.Y) * share;
            sum += share;
        }

        if (sum <= 0)
            return;
        var most = sum / (Finer * Finer);
        var before = Cover.Values[place];
        var after = most + (before * (1 - most));
        Colours[place] = ((colour / sum * most) + (Colours[place] * before * (1 - most))) / after;
        Cover.Values[place] = after;
    }
}
