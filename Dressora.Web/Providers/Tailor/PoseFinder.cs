using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Where a person's joints are, in places of the photo. Left and right are the picture's, not the person's.</summary>
internal sealed record Pose(float Score, Vector2[] Points)
{
    internal Vector2 Nose => Points[0];
    internal Vector2 Mouth => (Points[9] + Points[10]) / 2;
    internal Vector2 LeftShoulder { get; } = Apart(Points[12], Points[11], 0.045f);
    internal Vector2 RightShoulder { get; } = Apart(Points[11], Points[12], 0.045f);
    internal Vector2 LeftHip { get; } = Apart(Points[24], Points[23], 0.22f);
    internal Vector2 RightHip { get; } = Apart(Points[23], Points[24], 0.22f);
    internal Vector2 Neck => (LeftShoulder + RightShoulder) / 2;
    internal Vector2 Hips => (LeftHip + RightHip) / 2;
    internal float Shoulders => Vector2.Distance(LeftShoulder, RightShoulder);
    internal float Torso => Hips.Y - Neck.Y;
    internal float Thigh => ((Points[25].Y + Points[26].Y) / 2) - Hips.Y;

    internal Vector2[] LeftArm => [LeftShoulder, Points[14], Points[16]];
    internal Vector2[] RightArm => [RightShoulder, Points[13], Points[15]];

    /// <summary>The model marks joints; clothes hang from what lies outside of them.</summary>
    private static Vector2 Apart(Vector2 one, Vector2 other, float share) => one + ((one - other) * share);
}

/// <summary>Asks the model that finds joints, thrice: each time it looks closer at what it saw before.</summary>
internal sealed class PoseFinder(Network network)
{
    internal const int Points = 39;
    internal const int PointNumbers = 5;
    private const int Side = 256;
    private const int Looks = 3;
    private const float Margin = 1.25f;

    internal Pose Find(Picture photo, Field person, int threads)
    {
        var (middle, side, angle) = Box(person);
        Pose? pose = null;
        for (var look = 0; look < Looks; look++)
        {
            var (turn, corner) = (Matrix3x2.CreateRotation(angle), middle);
            var said = network.Run(Crop(photo, turn, corner, side), threads);
            var numbers = said.First(output => output.Length == Points * PointNumbers);
            var points = new Vector2[Points];
            for (var i = 0; i < Points; i++)
            {
                var seen = new Vector2(numbers[i * PointNumbers], numbers[(i * PointNumbers) + 1]);
                points[i] = corner + Vector2.Transform(((seen / Side) - new Vector2(0.5f)) * side, turn);
            }

            pose = new Pose(said.First(output => output.Length == 1)[0], points);
            // The last points but five are the middle of the hips, and one above the head as far away as the figure reaches.
            var up = points[34] - points[33];
            (middle, side) = (points[33], Math.Clamp(2 * up.Length() * Margin, 32, 4 * photo.Height));
            angle = MathF.IEEERemainder((MathF.PI / 2) - MathF.Atan2(-up.Y, up.X), 2 * MathF.PI);
        }

        return pose!;
    }

    private static (Vector2 Middle, float Side, float Angle) Box(Field person)
    {
        var (left, right, top, bottom) = (person.Width, 0, person.Height, 0);
        for (var y = 0; y < person.Height; y += 2)
        {
            for (var x = 0; x < person.Width; x += 2)
            {
                if (person[x, y] > 0.5f)
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        }

        return right <= left
            ? (new Vector2(person.Width, person.Height) / 2, Math.Max(person.Width, person.Height), 0)
            : (new Vector2(left + right, top + bottom) / 2, Math.Max(right - left, bottom - top) * Margin, 0);
    }

    private static float[] Crop(Picture photo, Matrix3x2 turn, Vector2 middle, float side)
    {
        var input = new float[Side * Side * 3];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var place = middle + Vector2.Transform(((new Vector2(x + 0.5f, y + 0.5f) / Side) - new Vector2(0.5f)) * side, turn);
                if (place.X >= 0 && place.Y >= 0 && place.X < photo.Width && place.Y < photo.Height)
                    (photo.At(place.X - 0.5f, place.Y - 0.5f) / 255).CopyTo(input, ((y * Side) + x) * 3);
            }
        }

        return input;
    }
}
