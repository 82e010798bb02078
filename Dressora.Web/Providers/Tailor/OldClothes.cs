using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>What a person wears in the photo, above the hips.</summary>
internal static class OldClothes
{
    private const int PlacesMin = 100;

    /// <summary>The row where cloth stops being like the chest's and becomes like the thighs'.</summary>
    internal static float HemOf(Figure figure)
    {
        var (pose, body) = (figure.Pose, figure.Body);
        var chest = Colours(figure, pose.Neck.Y + (0.3f * pose.Torso), pose.Neck.Y + (0.7f * pose.Torso));
        var thighs = Colours(figure, pose.Hips.Y + (0.25f * pose.Torso), MathF.Min(pose.Hips.Y + (0.7f * pose.Torso), body.Height - 4));
        var otherwise = MathF.Min(pose.Hips.Y + (0.06f * pose.Torso), body.Height - 2);
        if (chest.Count < PlacesMin || thighs.Count < PlacesMin)
            return otherwise;
        var (one, other) = (Mean(chest), Mean(thighs));
        var apart = Vector3.Distance(one, other);
        if (apart < 8)
            return otherwise;
        var (sum, best, hem) = (0f, 0f, otherwise);
        for (var y = (int)(pose.Neck.Y + (0.45f * pose.Torso)); y < Math.Min(body.Height - 2, pose.Hips.Y + (0.6f * pose.Torso)); y++)
        {
            var row = Colours(figure, y, y + 1);
            sum += row.Count < 4 ? 0 : Math.Clamp(row.Average(colour => Vector3.Distance(colour, other) - Vector3.Distance(colour, one)) / apart, -1, 1);
            if (sum > best)
                (best, hem) = (sum, y);
        }

        return hem;
    }

    /// <summary>All of it, a little more than what was seen.</summary>
    internal static Field Of(Figure figure)
    {
        var (body, pose) = (figure.Body, figure.Pose);
        var worn = new bool[body.Clothes.Values.Length];
        for (var i = 0; i < worn.Length; i++)
        {
            var (x, y) = (i % body.Width, i / body.Width);
            if (body.Clothes.Values[i] <= 0.35f)
                continue;
            // A long sleeve goes on beside the hips; a thigh's cloth is too far from the arm's bones.
            worn[i] = y < figure.OldHem + 2 || (y < pose.Hips.Y + (0.5f * pose.Torso) && figure.ArmAway(x, y) < 0.8f && MathF.Abs(x - figure.Middle(y)) > 0.42f * figure.Shoulders);
        }

        return Field.Of(body.Width, body.Height, Shapes.Grow(worn, body.Width, 4));
    }

    private static List<Vector3> Colours(Figure figure, float from, float to)
    {
        var (found, half) = (new List<Vector3>(), 0.34f * figure.Shoulders);
        for (var y = (int)Math.Max(0, from); y < Math.Min(figure.Body.Height, to); y += 2)
        {
            var middle = figure.Middle(y);
            for (var x = (int)Math.Max(0, middle - half); x < Math.Min(figure.Body.Width, middle + half); x += 3)
            {
                if (figure.Body.Clothes[x, y] > 0.5f && figure.ArmAway(x, y) > 0.8f)
                    found.Add(Colour.Lab(figure.Photo.Places[(y * figure.Body.Width) + x]));
            }
        }

        return found;
    }

    private static Vector3 Mean(List<Vector3> colours) => colours.Aggregate(Vector3.Zero, (sum, colour) => sum + colour) / colours.Count;
}
