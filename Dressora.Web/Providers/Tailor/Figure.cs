using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>A person who stands and faces us, measured as a tailor measures.</summary>
internal sealed class Figure
{
    private const float Ease = 0.014f;
    private readonly float[] _tops;
    private readonly int _firstRow;
    private readonly float[] _left;
    private readonly float[] _right;

    internal Figure(Picture photo, BodyMap body, Pose pose)
    {
        (Photo, Body, Pose) = (photo, body, pose);
        _tops = Softness.Smooth([.. Enumerable.Range(0, photo.Width).Select(TopAt)], MathF.Max(1, 0.02f * pose.Shoulders));
        OldHem = OldClothes.HemOf(this);
        Arms = [];
        _firstRow = Math.Max(0, (int)(pose.Neck.Y - (0.2f * pose.Shoulders)));
        (_left, _right) = Edges();
        Arms = [ArmOf(-1, pose.LeftArm), ArmOf(1, pose.RightArm)];
    }

    internal Picture Photo { get; }
    internal BodyMap Body { get; }
    internal Pose Pose { get; }

    /// <summary>Where the garment that is worn ends.</summary>
    internal float OldHem { get; }
    internal IReadOnlyList<Arm> Arms { get; }
    internal float Shoulders => Pose.Shoulders;

    /// <summary>The body's outline from above: shoulders and neck.</summary>
    internal float Top(float x) => _tops[Math.Clamp((int)MathF.Round(x), 0, _tops.Length - 1)];

    internal float Left(float y) => _left[Math.Clamp((int)y - _firstRow, 0, _left.Length - 1)];

    internal float Right(float y) => _right[Math.Clamp((int)y - _firstRow, 0, _right.Length - 1)];

    internal float Edge(int side, float y) => side < 0 ? Left(y) : Right(y);

    internal float Middle(float y) => float.Lerp(Pose.Neck.X, Pose.Hips.X, Math.Clamp((y - Pose.Neck.Y) / Pose.Torso, 0, 1.25f));

    /// <summary>How near a place is to the bones of an arm, in widths of an arm.</summary>
    internal float ArmAway(float x, float y) => MathF.Min(ArmAway(Pose.LeftArm, x, y), ArmAway(Pose.RightArm, x, y));

    private float ArmAway(Vector2[] joints, float x, float y)
    {
        var least = float.MaxValue;
        for (var i = 0; i < 2; i++)
        {
            var (from, way) = (joints[i], joints[i + 1] - joints[i]);
            var share = Math.Clamp(Vector2.Dot(new Vector2(x, y) - from, way) / MathF.Max(way.LengthSquared(), 1), 0, 1);
            var wide = Shoulders * (i == 0 ? float.Lerp(0.17f, 0.125f, share) : float.Lerp(0.12f, 0.085f, share));
            least = MathF.Min(least, Vector2.Distance(new Vector2(x, y), from + (way * share)) / wide);
        }

        return least;
    }

    private float TopAt(int x)
    {
        for (var y = Math.Max(0, (int)(Pose.Neck.Y - (0.42f * Shoulders))); y < Body.Height; y++)
        {
            if (MathF.Max(Body.Clothes[x, y], Body.Skin[x, y]) > 0.5f && Body.Hair[x, y] < 0.5f)
                return Math.Min(y, Pose.Neck.Y + (0.3f * Pose.Torso));
        }

        return Pose.Neck.Y - (0.1f * Shoulders);
    }

    /// <summary>The torso without its arms, row by row: what is seen, held close to what a torso of these bones is.</summary>
    private (float[] Left, float[] Right) Edges()
    {
        var rows = Math.Max(8, (int)Math.Min(Body.Height - 1, Pose.Hips.Y + (0.7f * Pose.Torso)) - _firstRow);
        var (left, right) = (new float[rows], new float[rows]);
        var hips = MathF.Max(0.5f * (Pose.RightHip.X - Pose.LeftHip.X) * 1.15f, 0.4f * Shoulders);
        for (var i = 0; i < rows; i++)
        {
            var y = _firstRow + i;
            var share = Math.Clamp((y - Pose.Neck.Y) / Pose.Torso, 0, 1.25f);
            var usual = float.Lerp(0.5f * Shoulders, hips, share) * (1 - (0.06f * MathF.Sin(MathF.PI * MathF.Min(share, 1))));
            var middle = Middle(y);
            left[i] = middle - Math.Clamp(Reach(middle, y, -1, usual), 0.8f * usual, 1.26f * usual);
            right[i] = middle + Math.Clamp(Reach(middle, y, 1, usual), 0.8f * usual, 1.26f * usual);
        }

        var (soft, ease) = (MathF.Max(4, 0.02f * Body.Height), Ease * Shoulders);
        return ([.. Softness.Smooth(left, soft).Select(x => x - ease)], [.. Softness.Smooth(right, soft).Select(x => x + ease)]);
    }

    private float Reach(float middle, int y, int side, float usual)
    {
        for (var reach = 0; reach < 1.28f * usual; reach++)
        {
            var x = (int)middle + (side * reach);
            if (x < 0 || x >= Body.Width || !IsTorso(x, y))
                return reach;
        }

        // An arm that lies on the body hides where the body ends.
        return 1.06f * usual;
    }

    private bool IsTorso(int x, int y)
    {
        var away = ArmAway(x, y);
        return (Body.Clothes[x, y] > 0.5f || (Body.Person[x, y] > 0.6f && away > 1.05f)) && !(away < 0.62f && Body.Skin[x, y] > 0.5f);
    }

    private Arm ArmOf(int side, Vector2[] joints) => new(
        side, joints, Shoulders,
        place => Body.Person.Near(place.X, place.Y) > 0.5f && place.X >= 0 && place.X < Body.Width,
        place => place.Y > Pose.Neck.Y && (place.X - Edge(side, place.Y)) * side < 0);
}
