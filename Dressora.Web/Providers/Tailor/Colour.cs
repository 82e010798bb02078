using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Colours as eyes tell them apart (CIE Lab, D65).</summary>
internal static class Colour
{
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(value => LinearOf(value / 255f))];

    internal static Vector3 Lab(Vector3 colour)
    {
        var (red, green, blue) = (Light(colour.X), Light(colour.Y), Light(colour.Z));
        var x = Root(((0.4124f * red) + (0.3576f * green) + (0.1805f * blue)) / 0.9505f);
        var y = Root((0.2126f * red) + (0.7152f * green) + (0.0722f * blue));
        var z = Root(((0.0193f * red) + (0.1192f * green) + (0.9505f * blue)) / 1.089f);
        return new Vector3((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Light(float value) => Linear[Math.Clamp((int)(value + 0.5f), 0, 255)];

    private static float LinearOf(float value) => value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);

    private static float Root(float value) => value > 0.008856f ? MathF.Cbrt(value) : (7.787f * value) + (16f / 116);
}
