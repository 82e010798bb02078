namespace Dressora.Web.Providers.Tailor;

/// <summary>Finds where a garment's front ends at the neck: above it the inside of the back shows, darker than the front.</summary>
internal static class Necklines
{
    private const float DarkerMin = 2.5f;
    private static readonly float[] Widths = [1, 1.2f, 1.35f];
    private static readonly float[] Roundnesses = [2, 3, 5];

    internal static Neckline? Of(Picture lab, Rows rows, float reach, float?[] tops)
    {
        var columns = Enumerable.Range((int)(rows.Axis - (reach * 0.75f)), (int)(reach * 1.5f)).Where(x => x >= 0 && x < tops.Length && tops[x] is not null).ToList();
        var (left, right) = (columns.Where(x => x < rows.Axis - 3).ToList(), columns.Where(x => x > rows.Axis + 3).ToList());
        if (left.Count == 0 || right.Count == 0)
            return null;
        var (one, other) = (left.MinBy(x => tops[x]!.Value), right.MinBy(x => tops[x]!.Value));
        var top = (tops[one]!.Value + tops[other]!.Value) / 2;
        var wide = MathF.Max(MathF.Max(rows.Axis - one, other - rows.Axis), reach * 0.2f);
        var open = (tops[(int)rows.Axis] ?? top) - top;
        var line = new Neckline(rows.Axis, top, wide, open < 0.035f * rows.Height ? 0 : open, Roundnesses[0]);
        return Deepest(lab, rows, line, tops) ?? line;
    }

    /// <summary>The clearest line below which it is lighter than above; nothing where none is clear, as with high collars.</summary>
    private static Neckline? Deepest(Picture lab, Rows rows, Neckline line, float?[] tops)
    {
        var (best, found) = (DarkerMin, (Neckline?)null);
        foreach (var roundness in Roundnesses)
        {
            foreach (var wider in Widths)
            for (var deep = 0.02f * rows.Height; deep < 0.26f * rows.Height; deep += 2)
            {
                var tried = line with { Depth = deep, Roundness = roundness, Reach = line.Reach * wider };
                if (Darker(lab, tried, tops) * MathF.Sqrt(wider) is var darker && darker > best)
                    (best, found) = (darker, tried);
            }
        }

        return found;
    }

    private static float Darker(Picture lab, Neckline line, float?[] tops)
    {
        var steps = new List<float>();
        for (var share = -0.85f; share <= 0.85f; share += 0.05f)
        {
            var (x, y) = (line.Middle + (share * line.Reach), line.At(share));
            // Where the paper begins right above it, it is the back that ends here.
            steps.Add(tops[(int)x] is { } high && high < y - 10
                ? (lab.At(x, y + 4).X + lab.At(x, y + 7).X - lab.At(x, y - 4).X - lab.At(x, y - 7).X) / 2
                : 0);
        }

        steps.Sort();
        return steps[steps.Count * 4 / 10];
    }
}
