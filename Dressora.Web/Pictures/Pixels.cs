namespace Dressora.Web.Pictures;

/// <summary>Bare pixels, row by row from the top, a byte a band: 1 grey, 3 red green blue, 4 with alpha.</summary>
public sealed record Pixels(int Width, int Height, int Bands, byte[] Bytes)
{
    public bool IsWhole => Width > 0 && Height > 0 && Bands is 1 or 3 or 4 && Bytes.LongLength == (long)Width * Height * Bands;
}
