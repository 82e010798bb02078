using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>An arm as a bent ribbon: a line from the shoulder over the elbow to the wrist, and how wide it is along it.</summary>
internal sealed class Arm
{
    private const int Steps = 24;
    private static readonly (float At, float Wide)[] Usual = [(0, 0.135f), (0.35f, 0.125f), (1, 0.1f), (1.5f, 0.09f), (2, 0.065f)];

    private readonly Vector2[] _joints;
    private readonly float _shoulders;
    private readonly float _upper;
    private readonly float[] _inner = new float[Steps];
    private readonly float[] _outer = new float[Steps];

    internal Arm(int side, Vector2[] joints, float shoulders, Func<Vector2, bool> isBody, Func<Vector2, bool> isTorso)
    {
        (Side, _joints, _shoulders) = (side, joints, shoulders);
        _upper = MathF.Max(1, Vector2.Distance(joints[0], joints[1]));
        Length = _upper + Vector2.Distance(joints[1], joints[2]);
        for (var i = 0; i < Steps; i++)
        {
            var along = Length * (i + 0.5f) / Steps;
            var (usual, (middle, outwards)) = (UsualAt(along), At(along));
            var outer = Walk(middle, outwards, isBody, _ => false);
            var inner = Walk(middle, -outwards, isBody, isTorso);
            _outer[i] = outer is { } seen ? Math.Clamp(seen, 0.5f * usual, 1.7f * usual) : usual;
            _inner[i] = inner is { } other ? Math.Clamp(other, 0.5f * usual, 1.7f * usual) : Math.Clamp((2 * usual) - _outer[i], 0.6f * usual, 1.3f * usual);
        }

        (_inner, _outer) = (Softness.Smooth(_inner, 1.6f), Softness.Smooth(_outer, 1.6f));
    }

    internal int Side { get; }
    internal float Length { get; }
    internal float UpperLength => _upper;
    internal IReadOnlyList<Vector2> Joints => _joints;

    internal float Inner(float along) => Between(_inner, along);

    internal float Outer(float along) => Between(_outer, along);

    /// <summary>The middle, and the direction away from the body, so far along it; the elbow is rounded off.</summary>
    internal (Vector2 Middle, Vector2 Outwards) At(float along)
    {
        var (upper, lower) = (Vector2.Normalize(_joints[1] - _joints[0]), Vector2.Normalize(_joints[2] - _joints[1] + new Vector2(0, 1e-3f)));
        var bend = Math.Clamp(((along - _upper) / (0.35f * _shoulders)) + 0.5f, 0, 1);
        var direction = Vector2.Normalize(Vector2.Lerp(upper, lower, bend) + new Vector2(0, 1e-4f));
        var middle = along <= _upper ? _joints[0] + (upper * along) : _joints[1] + (lower * (along - _upper));
        var outwards = new Vector2(direction.Y, -direction.X) * Side;
        return (middle, outwards);
    }

    /// <summary>Where a place lies: along the arm, across it (-1 and 1 are its edges, 1 the outer one).</summary>
    internal (float Along, float Across) Seen(Vector2 place)
    {
        var (best, along) = (float.MaxValue, 0f);
        for (var i = 0; i < 2; i++)
        {
            var (from, way) = (_joints[i], _joints[i + 1] - _joints[i]);
            var least = i == 0 ? -0.6f : 0;
            var most = i == 1 ? 1.4f : 1;
            var share = Math.Clamp(Vector2.Dot(place - from, way) / MathF.Max(way.LengthSquared(), 1), least, most);
            var away = Vector2.Distance(place, from + (way * share));
            if (away < best)
                (best, along) = (away, (i == 0 ? 0 : _upper) + (share * way.Length()));
        }

        var (middle, outwards) = At(along);
        var across = Vector2.Dot(place - middle, outwards);
        return (along, across / MathF.Max(1, across > 0 ? Outer(along) : Inner(along)));
    }

    private float UsualAt(float along)
    {
        var at = along / _upper;
        for (var i = 1; i < Usual.Length; i++)
        {
            if (at <= Usual[i].At)
                return _shoulders * float.Lerp(Usual[i - 1].Wide, Usual[i].Wide, (at - Usual[i - 1].At) / (Usual[i].At - Usual[i - 1].At));
        }

        return _shoulders * Usual[^1].Wide;
    }

    private float? Walk(Vector2 from, Vector2 way, Func<Vector2, bool> isBody, Func<Vector2, bool> isTorso)
    {
        for (var reach = 2f; reach < 0.24f * _shoulders; reach++)
        {
            var place = from + (way * reach);
            if (isTorso(place))
                return null;
            if (!isBody(place))
                return reach;
        }

        return null;
    }

    private float Between(float[] row, float along)
    {
        var at = Math.Clamp((along / Length * Steps) - 0.5f, 0, Steps - 1.001f);
        return float.Lerp(row[(int)at], row[(int)at + 1], at - (int)at);
    }
}
