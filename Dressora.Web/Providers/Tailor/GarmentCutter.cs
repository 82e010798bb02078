using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Cuts a garment out of the plain ground it lies on.</summary>
internal static class GarmentCutter
{
    private const int Rim = 6;
    private const int Band = 7;
    private const float Alike = 12;
    private const float SpreadMax = 0.95f;
    private const float ShareMin = 0.06f;
    private const float ShareMax = 0.9f;

    /// <summary>The garment, or what is wrong with its photo.</summary>
    internal static (Garment? Garment, PhotoFault? Fault) Cut(Picture photo)
    {
        var lab = photo with { Places = [.. photo.Places.Select(Colour.Lab)] };
        var (ground, spread, most) = Ground(lab);
        if (most > SpreadMax)
            return (null, PhotoFault.BusyGround);
        var mask = MaskOf(lab, ground, Math.Clamp(spread * 2.5f, 1.6f, 9));
        var share = mask.Count(isIn => isIn) / (float)mask.Length;
        if (share is < ShareMin or > ShareMax || GarmentRows.Measure(mask, photo.Width) is not { } rows)
            return (null, PhotoFault.UnclearGarment);
        var (cloth, cover) = Edge(photo, lab, mask, ground);
        return GarmentTailor.Measure(lab, cloth, cover, mask, rows) is { } garment ? (garment, null) : (null, PhotoFault.UnclearGarment);
    }

    /// <summary>
    /// Near the edge cloth mixes with paper and its shadow: how much is which, is told by the cloth further inside. Where
    /// both look alike, the mask alone decides.
    /// </summary>
    private static (Picture Cloth, Field Cover) Edge(Picture photo, Picture lab, bool[] mask, Vector3 ground)
    {
        var core = Shapes.Shrink(mask, photo.Width, Band);
        var inside = Filling.Fill(photo, Field.Of(photo.Width, photo.Height, core));
        var cover = Softness.Blur(Field.Of(photo.Width, photo.Height, Shapes.Shrink(mask, photo.Width, 1)), 1).Map(value => Math.Clamp((value - 0.2f) / 0.6f, 0, 1));
        var colours = (Vector3[])photo.Places.Clone();
        for (var i = 0; i < core.Length; i++)
        {
            if (core[i])
                continue;
            var apart = Vector3.Distance(Colour.Lab(inside.Places[i]), ground);
            var share = apart < Alike ? 1 : Math.Clamp(((Vector3.Distance(lab.Places[i], ground) / apart) - 0.4f) / 0.35f, 0, 1);
            cover.Values[i] *= share;
            if (share < 0.98f || cover.Values[i] < 0.98f)
                colours[i] = inside.Places[i];
        }

        return (photo with { Places = colours }, cover);
    }

    /// <summary>The colour along three sides, and how far it strays; a hem may be cut off by the fourth.</summary>
    private static (Vector3 Colour, float Spread, float Most) Ground(Picture lab)
    {
        var rim = new List<Vector3>();
        for (var y = 0; y < lab.Height; y++)
        {
            for (var x = 0; x < lab.Width; x++)
            {
                if (y < Rim || x < Rim || x >= lab.Width - Rim)
                    rim.Add(lab.Places[(y * lab.Width) + x]);
            }
        }

        var middle = new Vector3(Median(rim.Select(place => place.X)), Median(rim.Select(place => place.Y)), Median(rim.Select(place => place.Z)));
        var away = rim.Select(place => Vector3.Distance(place, middle)).Order().ToList();
        return (middle, away[away.Count * 8 / 10], away[away.Count * 95 / 100]);
    }

    private static bool[] MaskOf(Picture lab, Vector3 ground, float tolerance)
    {
        var away = new Field(lab.Width, lab.Height);
        for (var i = 0; i < away.Values.Length; i++)
            away.Values[i] = Vector3.Distance(lab.Places[i], ground);
        var like = Softness.Box(away, 1).Map(distance => tolerance - distance).Above(0);
        var mask = Shapes.Not(Shapes.FromRim(like, lab.Width));
        mask = Shapes.Grow(Shapes.Shrink(mask, lab.Width, 2), lab.Width, 2);
        return Shapes.Largest(mask, lab.Width);
    }

    private static float Median(IEnumerable<float> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
