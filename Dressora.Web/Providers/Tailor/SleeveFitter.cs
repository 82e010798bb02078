using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Lays a sleeve along an arm, from the seam that it shares with the body.</summary>
internal sealed class SleeveFitter(Garment garment, Figure figure, Fitter fitter, int side)
{
    private const int Pins = 12;

    internal Cloth Fit()
    {
        var (sleeve, arm) = (garment.Sleeve(side)!, figure.Arms[side < 0 ? 0 : 1]);
        var pins = SeamPins();
        var length = Length(sleeve, arm);
        for (var i = 0; i < sleeve.Inner.Length; i++)
        {
            var share = (i + 0.5f) / sleeve.Inner.Length;
            // Nearer than this the seam alone decides: there an arm has no edges yet.
            if (share * length < 0.14f * figure.Shoulders)
                continue;
            var (middle, outwards) = arm.At(share * length);
            var from = sleeve.Base + (sleeve.Axis * sleeve.Length * share);
            var natural = (sleeve.Outer[i] - sleeve.Inner[i]) * fitter.Scale / 2;
            var close = length < 0.5f * arm.Length ? 0.8f : 0.62f;
            // Cloth lies on the outside of an arm; what is wide hangs on the inside.
            var outer = (arm.Outer(share * length) * 1.05f) + (0.02f * figure.Shoulders);
            var inner = MathF.Max((arm.Inner(share * length) * 1.04f) + (0.012f * figure.Shoulders), MathF.Min((2 * natural * close) - outer, arm.Inner(share * length) + (0.05f * figure.Shoulders)));
            pins.Add(new Pin(from + (sleeve.Out * sleeve.Outer[i]), middle + (outwards * outer)));
            pins.Add(new Pin(from + (sleeve.Out * sleeve.Inner[i]), middle - (outwards * inner)));
        }

        return new Cloth(fitter.Corner, fitter.Size, pins, fitter.Guess);
    }

    private List<Pin> SeamPins()
    {
        var pins = new List<Pin>();
        for (var i = 0; i <= Pins; i++)
        {
            // The seam lies where the body puts it, and a little beyond it, so that both pieces go the same way there.
            var seam = Vector2.Lerp(garment.Tip(side), garment.Armpit(side), i / (float)Pins);
            pins.Add(new Pin(seam, fitter.Body.To(seam), 3));
            pins.Add(new Pin(seam - new Vector2(6 * side, 0), fitter.Body.To(seam - new Vector2(6 * side, 0)), 1));
        }

        return pins;
    }

    /// <summary>How far down the arm it reaches; one that nearly reaches the wrist ends there.</summary>
    private float Length(SleeveShape sleeve, Arm arm)
    {
        var natural = sleeve.Length * fitter.Scale;
        return natural > 0.8f * arm.Length ? 0.985f * arm.Length : natural;
    }
}
