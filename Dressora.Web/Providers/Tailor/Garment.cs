using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>A garment that lies flat, cut from its photo and measured. Left and right are the picture's.</summary>
internal sealed record Garment
{
    /// <summary>Its colours, which go on a little beyond its edge so that no paper shines through.</summary>
    internal required Picture Cloth { get; init; }

    /// <summary>How much of each place is cloth.</summary>
    internal required Field Cover { get; init; }
    internal required bool[] Mask { get; init; }
    internal required Rows Rows { get; init; }
    internal required Vector2 LeftTip { get; init; }
    internal required Vector2 RightTip { get; init; }
    internal required Neckline Neckline { get; init; }
    internal SleeveShape? LeftSleeve { get; init; }
    internal SleeveShape? RightSleeve { get; init; }

    internal float Shoulders => RightTip.X - LeftTip.X;
    internal float ShoulderY => (LeftTip.Y + RightTip.Y) / 2;
    internal bool HasSleeves => LeftSleeve is not null && RightSleeve is not null;

    internal Vector2 Armpit(int side) => new(side < 0 ? Rows.Left[Rows.Armpit - Rows.Top] : Rows.Right[Rows.Armpit - Rows.Top], Rows.Armpit);

    internal Vector2 Tip(int side) => side < 0 ? LeftTip : RightTip;

    internal SleeveShape? Sleeve(int side) => side < 0 ? LeftSleeve : RightSleeve;

    /// <summary>How far outside of the body a place lies: of its seam with the sleeve, and below it of its edge.</summary>
    internal float Outside(int side, float x, float y)
    {
        var (tip, armpit) = (Tip(side), Armpit(side));
        if (y > armpit.Y)
            return (x - (side < 0 ? Rows.Left : Rows.Right)[Math.Min((int)y, Rows.Hem) - Rows.Top]) * side;
        return (x - float.Lerp(tip.X, armpit.X, Math.Clamp((y - tip.Y) / MathF.Max(armpit.Y - tip.Y, 1), 0, 1))) * side;
    }
}

/// <summary>A garment's body row by row, from its highest place to its hem.</summary>
internal sealed record Rows(int Top, int Armpit, int Hem, float Axis, float[] Left, float[] Right, float HalfWidth, bool HasSleeves)
{
    internal int Height => Hem - Top;
}

/// <summary>A sleeve along its axis, from the middle of the seam: how far its two edges lie from the axis, in equal steps.</summary>
/// <param name="Out">At right angles to the axis, towards the shoulder's side.</param>
/// <param name="Piece">Which places are the sleeve, and a little beyond its seam.</param>
internal sealed record SleeveShape(Vector2 Base, Vector2 Axis, Vector2 Out, float Length, float[] Inner, float[] Outer, Field Piece);

/// <summary>Where the front ends at the neck: a curve that hangs between two points.</summary>
internal sealed record Neckline(float Middle, float Top, float Reach, float Depth, float Roundness)
{
    /// <summary>How far down it hangs at a share of its reach, from -1 to 1.</summary>
    internal float At(float share) => Top + (Depth * (1 - MathF.Pow(MathF.Abs(share), Roundness)));

    /// <summary>What lies above it is the inside of the back.</summary>
    internal bool IsBehind(float x, float y)
    {
        var share = (x - Middle) / Reach;
        return MathF.Abs(share) < 1 && y < At(share);
    }
}
