using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Takes away what is worn where the new garment does not cover it: skin on arms and neck, ground beside them.</summary>
internal sealed class Undressing(Figure figure, Fitter fitter, Field old, Field cover)
{
    private const int PlacesMin = 200;

    internal Picture Bare()
    {
        var bare = figure.Photo;
        bare = Neck(bare);
        foreach (var arm in figure.Arms)
            bare = ArmBare(bare, arm);
        return Ground(bare);
    }

    private bool IsOpen(int place) => old.Values[place] > 0.5f && cover.Values[place] < 0.98f;

    /// <summary>Skin from the neck flows down to where the new garment begins.</summary>
    private Picture Neck(Picture bare)
    {
        var (body, pose) = (figure.Body, figure.Pose);
        var (hole, known) = (new Field(bare.Width, bare.Height), new Field(bare.Width, bare.Height));
        for (var i = 0; i < hole.Values.Length; i++)
        {
            var (x, y) = (i % bare.Width, i / bare.Width);
            var isNear = MathF.Abs(x - pose.Neck.X) < 0.6f * figure.Shoulders && y < fitter.ArmpitY;
            hole.Values[i] = isNear && IsOpen(i) && y > figure.Top(x) ? 1 : 0;
            known.Values[i] = isNear && body.Skin.Values[i] > 0.75f && body.Hair.Values[i] < 0.2f && y > pose.Mouth.Y ? 1 : 0;
        }

        return Painted(bare, hole, known);
    }

    /// <summary>An arm's skin goes on under the sleeve that was: the same shades across it, the same grain.</summary>
    private Picture ArmBare(Picture bare, Arm arm)
    {
        const int Bins = 15;
        var body = figure.Body;
        var (sums, counts) = (new Vector3[Bins], new int[Bins]);
        var places = new List<(int Place, float Along, float Across)>();
        var (least, most) = Around(arm);
        for (var y = (int)MathF.Max(0, least.Y); y < MathF.Min(bare.Height, most.Y); y++)
        {
            for (var x = (int)MathF.Max(0, least.X); x < MathF.Min(bare.Width, most.X); x++)
            {
                var (along, across) = arm.Seen(new Vector2(x, y));
                var place = (y * bare.Width) + x;
                if (MathF.Abs(across) > 1.05f || along < -0.1f * arm.Length || along > 1.05f * arm.Length)
                    continue;
                if (body.Skin.Values[place] > 0.8f && old.Values[place] < 0.5f && MathF.Abs(across) < 1)
                {
                    var bin = (int)((across + 1) / 2 * (Bins - 0.01f));
                    sums[bin] += figure.Photo.Places[place];
                    counts[bin]++;
                }
                else if (IsOpen(place))
                    places.Add((place, along, across));
            }
        }

        if (places.Count == 0)
            return bare;
        var shades = counts.Sum() >= PlacesMin ? Shades(sums, counts) : Round(NeckTone());
        var (to, grain) = ((Vector3[])bare.Places.Clone(), new Random(3));
        foreach (var (place, _, across) in places)
        {
            var at = Math.Clamp((across + 1) / 2 * (Bins - 1), 0, Bins - 1.001f);
            var skin = Vector3.Lerp(shades[(int)at], shades[(int)at + 1], at - (int)at) + new Vector3((grain.NextSingle() - 0.5f) * 7);
            to[place] = Vector3.Lerp(to[place], skin, Math.Clamp((1.05f - MathF.Abs(across)) / 0.08f, 0, 1));
            old.Values[place] = MathF.Abs(across) < 1.02f ? 0 : old.Values[place];
        }

        return bare with { Places = to };
    }

    private (Vector2 Least, Vector2 Most) Around(Arm arm)
    {
        var margin = new Vector2(0.3f * figure.Shoulders);
        var (least, most) = (arm.Joints.Aggregate(Vector2.Min), arm.Joints.Aggregate(Vector2.Max));
        return (least - margin, most + margin);
    }

    private static Vector3[] Shades(Vector3[] sums, int[] counts)
    {
        var mean = sums.Aggregate(Vector3.Zero, (sum, shade) => sum + shade) / counts.Sum();
        return [.. sums.Select((sum, i) => counts[i] > 10 ? sum / counts[i] : mean * 0.92f)];
    }

    private static Vector3[] Round(Vector3 tone) => [.. Enumerable.Range(0, 15).Select(i => tone * (1.02f - (0.26f * MathF.Pow(MathF.Abs((i / 7f) - 1), 2.4f))))];

    private Vector3 NeckTone()
    {
        var skin = Enumerable.Range(0, figure.Photo.Places.Length).Where(i => figure.Body.Skin.Values[i] > 0.8f && old.Values[i] < 0.5f)
            .Select(i => figure.Photo.Places[i]).OrderBy(Picture.LumaOf).ToList();
        return skin.Count > 0 ? skin[skin.Count / 2] : new Vector3(205, 165, 140);
    }

    private Picture Ground(Picture bare)
    {
        var (hole, known) = (new Field(bare.Width, bare.Height), new Field(bare.Width, bare.Height));
        var near = Shapes.Grow(figure.Body.Person.Above(0.15f), bare.Width, 4);
        for (var i = 0; i < hole.Values.Length; i++)
        {
            var (x, y) = (i % bare.Width, i / bare.Width);
            var isNeck = MathF.Abs(x - figure.Pose.Neck.X) < 0.6f * figure.Shoulders && y < fitter.ArmpitY && y > figure.Top(x);
            hole.Values[i] = IsOpen(i) && !isNeck && y < figure.OldHem + 2 ? 1 : 0;
            known.Values[i] = near[i] ? 0 : 1;
        }

        return Painted(bare, hole, known);
    }

    private static Picture Painted(Picture bare, Field hole, Field known)
    {
        if (hole.Values.Count(value => value > 0) < 20 || known.Values.Count(value => value > 0) < PlacesMin)
            return bare;
        var filled = Filling.Fill(bare, known);
        var soft = Softness.Box(hole, 3);
        return bare with { Places = [.. bare.Places.Select((colour, i) => Vector3.Lerp(colour, filled.Places[i], MathF.Max(hole.Values[i], soft.Values[i])))] };
    }
}
