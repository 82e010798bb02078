using System.Numerics;
using Dressora.Web.Providers.Tailor;

namespace Dressora.Tests.Providers.Tailor;

/// <summary>Garments and figures drawn with a ruler.</summary>
internal static class Flat
{
    internal static readonly Vector3 Paper = new(245);
    internal static readonly Vector3 Cloth = new(30, 60, 200);

    /// <summary>A T-shirt: a body from x 120 to 280, sleeves that lean out to both sides, a neckline.</summary>
    internal static Picture TShirt(Vector3? paper = null)
    {
        var picture = new Picture(400, 480);
        for (var y = 0; y < 480; y++)
        {
            for (var x = 0; x < 400; x++)
                picture.Places[(y * 400) + x] = IsShirt(x, y) ? Cloth : paper ?? Paper;
        }

        return picture;
    }

    private static bool IsShirt(int x, int y)
    {
        var beside = Math.Abs(x - 200);
        if (y is < 60 or > 420 || (beside < 30 && y < 60 + (25 * (1 - (beside * beside / 900f)))))
            return false;
        if (beside <= 80)
            return true;
        // The sleeve's upper edge falls from the shoulder, its lower edge from the armpit.
        return beside <= 140 && y > 60 + ((beside - 80) * 0.8f) && y < 150 + ((beside - 80) * 0.6f);
    }
}
