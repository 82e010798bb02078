using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>The word in the corner, so that nobody takes a preview for a photograph.</summary>
internal static class PreviewMark
{
    private const int Advance = 6;
    private const int High = 7;

    /// <summary>A byte a column, its lowest bit on top.</summary>
    private static readonly byte[][] Letters =
    [
        .. "7F09090906 7F09192946 7F49494941 1F2040201F 00417F4100 7F49494941 3F4038403F".Split(' ').Select(Convert.FromHexString),
    ];

    internal static Picture On(Picture picture)
    {
        var size = Math.Max(1, picture.Width / 380);
        var (wide, high) = (((Letters.Length * Advance) + 5) * size, (High + 6) * size);
        var (left, top) = (picture.Width - wide - (4 * size), picture.Height - high - (4 * size));
        var places = (Vector3[])picture.Places.Clone();
        for (var y = Math.Max(0, top); y < Math.Min(picture.Height, top + high); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(picture.Width, left + wide); x++)
            {
                var (column, row) = (((x - left) / size) - 3, ((y - top) / size) - 3);
                var isInk = column >= 0 && column / Advance < Letters.Length && column % Advance < 5 && row is >= 0 and < High
                    && ((Letters[column / Advance][column % Advance] >> row) & 1) == 1;
                var place = (y * picture.Width) + x;
                places[place] = isInk ? new Vector3(243, 239, 232) : Vector3.Lerp(places[place], new Vector3(43, 39, 51), 0.55f);
            }
        }

        return picture with { Places = places };
    }
}
