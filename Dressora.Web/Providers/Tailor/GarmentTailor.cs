using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Measures a cut garment: shoulder tips, neckline, sleeves.</summary>
internal static class GarmentTailor
{
    private const int Steps = 24;

    /// <summary>Shoulders fall no further than this share of the height; what lies lower is a sleeve.</summary>
    private const float ShoulderFall = 0.15f;

    internal static Garment? Measure(Picture lab, Picture cloth, Field cover, bool[] mask, Rows rows)
    {
        var tops = Tops(mask, lab.Width);
        var reach = rows.HalfWidth * 0.93f;
        if (!rows.HasSleeves)
            reach = MathF.Min(rows.HalfWidth * 0.98f, StrapReach(mask, lab.Width, rows));
        while (reach > 0.3f * rows.HalfWidth && Fall(tops, rows, reach) > ShoulderFall * rows.Height)
            reach -= 2;
        if (reach < 0.92f * rows.HalfWidth)
            rows = Narrowed(rows, reach * 1.03f);
        var (left, right) = (TipAt(rows.Axis - reach, tops), TipAt(rows.Axis + reach, tops));
        if (left is null || right is null || Necklines.Of(lab, rows, reach, tops) is not { } neckline)
            return null;
        var garment = new Garment { Cloth = cloth, Cover = cover, Mask = mask, Rows = rows, LeftTip = left.Value, RightTip = right.Value, Neckline = neckline };
        if (!rows.HasSleeves)
            return garment;
        garment = garment with { LeftSleeve = SleeveOf(garment, -1), RightSleeve = SleeveOf(garment, 1) };
        // Before the seam is asked for on both sides, a sleeve must be there on both.
        return garment.HasSleeves ? garment : null;
    }

    private static float?[] Tops(bool[] mask, int width)
    {
        var tops = new float?[width];
        for (var i = mask.Length - 1; i >= 0; i--)
        {
            if (mask[i])
                tops[i % width] = i / width;
        }

        return tops;
    }

    /// <summary>A body under the sleeves that lie on it: as wide as its shoulders at the armpits, and from there straight to its hem.</summary>
    private static Rows Narrowed(Rows rows, float half)
    {
        var (left, right) = ((float[])rows.Left.Clone(), (float[])rows.Right.Clone());
        var end = right[^1] - rows.Axis;
        for (var i = 0; i < left.Length; i++)
        {
            var most = float.Lerp(half, MathF.Max(half, end), Math.Clamp((rows.Top + i - rows.Armpit) / (float)Math.Max(1, rows.Hem - rows.Armpit), 0, 1));
            (left[i], right[i]) = (MathF.Max(left[i], rows.Axis - most), MathF.Min(right[i], rows.Axis + most));
        }

        return rows with { Left = left, Right = right, HalfWidth = half };
    }

    /// <summary>How far the top edge has fallen from its highest place, so far from the axis.</summary>
    private static float Fall(float?[] tops, Rows rows, float reach) =>
        ((TipAt(rows.Axis - reach, tops)?.Y ?? rows.Hem) + (TipAt(rows.Axis + reach, tops)?.Y ?? rows.Hem)) / 2 - rows.Top;

    private static float StrapReach(bool[] mask, int width, Rows rows)
    {
        var reaches = new List<float>();
        for (var y = rows.Top + 2; y < rows.Top + (rows.Height / 4); y++)
        {
            var row = mask.AsSpan(y * width, width);
            if (row.Contains(true))
                reaches.Add((row.LastIndexOf(true) - row.IndexOf(true)) / 2f);
        }

        reaches.Sort();
        return reaches.Count == 0 ? rows.HalfWidth : reaches[reaches.Count / 2] * 0.97f;
    }

    private static Vector2? TipAt(float x, float?[] tops)
    {
        var near = Enumerable.Range((int)x - 3, 7).Where(i => i >= 0 && i < tops.Length && tops[i] is not null).Select(i => tops[i]!.Value).Order().ToList();
        return near.Count == 0 ? null : new Vector2(x, near[near.Count / 2]);
    }

    private static SleeveShape? SleeveOf(Garment garment, int side)
    {
        var width = garment.Cover.Width;
        var piece = new bool[garment.Mask.Length];
        for (var i = 0; i < piece.Length; i++)
        {
            var (x, y) = (i % width, i / width);
            piece[i] = garment.Mask[i] && y <= garment.Rows.Hem && y >= garment.Rows.Top && garment.Outside(side, x, y) > 3;
        }

        piece = Shapes.Largest(piece, width);
        var places = Enumerable.Range(0, piece.Length).Where(i => piece[i]).Select(i => new Vector2(i % width, i / width)).ToList();
        if (places.Count < 200)
            return null;
        var start = (garment.Tip(side) + garment.Armpit(side)) / 2;
        var far = places.OrderByDescending(place => Vector2.DistanceSquared(place, start)).Take(Math.Max(20, places.Count / 14)).Aggregate(Vector2.Zero, (sum, place) => sum + place) / Math.Max(20, places.Count / 14);
        var axis = Vector2.Normalize(far - start);
        var outwards = new Vector2(axis.Y, -axis.X);
        if (Vector2.Dot(outwards, new Vector2(side, -1)) < 0)
            outwards = -outwards;
        var along = places.Select(place => Vector2.Dot(place - start, axis)).Order().ToList();
        var length = along[(int)(along.Count * 0.992)];
        var (inner, outer) = Edges(places, start, axis, outwards, length);
        var full = Field.Of(width, piece.Length / width, Shapes.Grow(piece, width, 7));
        return new SleeveShape(start, axis, outwards, length, inner, outer, full);
    }

    private static (float[] Inner, float[] Outer) Edges(List<Vector2> places, Vector2 start, Vector2 axis, Vector2 outwards, float length)
    {
        var steps = new List<float>[Steps];
        for (var i = 0; i < Steps; i++)
            steps[i] = [];
        foreach (var place in places)
        {
            var step = (int)(Vector2.Dot(place - start, axis) / length * Steps);
            if (step is >= 0 and < Steps)
                steps[step].Add(Vector2.Dot(place - start, outwards));
        }

        var (inner, outer) = (new float[Steps], new float[Steps]);
        for (var i = 0; i < Steps; i++)
        {
            steps[i].Sort();
            (inner[i], outer[i]) = steps[i].Count > 8
                ? (steps[i][(int)(steps[i].Count * 0.015)], steps[i][(int)(steps[i].Count * 0.985)])
                : i > 0 ? (inner[i - 1], outer[i - 1]) : (-length / 6, length / 6);
        }

        return (Softness.Smooth(inner, 1.2f), Softness.Smooth(outer, 1.2f));
    }
}
