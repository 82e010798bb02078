using System.Numerics;

namespace Dressora.Web.Providers.Fal;

/// <summary>
/// A point of edwards25519 (RFC 8032, 5.1), in extended coordinates. Nothing here is secret, so nothing hides how long it
/// takes.
/// </summary>
internal readonly record struct CurvePoint(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
{
    internal const int Size = 32;
    internal static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (Prime - 1) / 4, Prime);
    private static readonly CurvePoint Zero = new(0, 1, 1, 0);

    internal static readonly CurvePoint Base = Of(RootX(Mod(4 * Inverse(5)), isOdd: false)!.Value, Mod(4 * Inverse(5)));

    /// <summary>Null when the bytes are no point, or not the one way in which a point is written.</summary>
    internal static CurvePoint? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            return null;
        Span<byte> plain = stackalloc byte[Size];
        bytes.CopyTo(plain);
        var isOdd = (plain[^1] & 0x80) != 0;
        plain[^1] &= 0x7F;
        var y = new BigInteger(plain, isUnsigned: true);
        return y < Prime && RootX(y, isOdd) is { } x ? Of(x, y) : null;
    }

    internal byte[] Encode()
    {
        var inverse = Inverse(Z);
        var x = Mod(X * inverse);
        var bytes = new byte[Size];
        Mod(Y * inverse).TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[^1] |= (byte)(x.IsEven ? 0 : 0x80);
        return bytes;
    }

    internal bool IsSameAs(CurvePoint other) =>
        Mod((X * other.Z) - (other.X * Z)).IsZero && Mod((Y * other.Z) - (other.Y * Z)).IsZero;

    public static CurvePoint operator +(CurvePoint one, CurvePoint two)
    {
        var a = Mod((one.Y - one.X) * (two.Y - two.X));
        var b = Mod((one.Y + one.X) * (two.Y + two.X));
        var c = Mod(2 * one.T * two.T * D);
        var d = Mod(2 * one.Z * two.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new CurvePoint(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    public static CurvePoint operator *(BigInteger times, CurvePoint point)
    {
        var sum = Zero;
        for (var bit = (int)times.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum += sum;
            if (!((times >> bit) & 1).IsZero)
                sum += point;
        }

        return sum;
    }

    private static CurvePoint Of(BigInteger x, BigInteger y) => new(x, y, 1, Mod(x * y));

    private static BigInteger? RootX(BigInteger y, bool isOdd)
    {
        var square = Mod(((y * y) - 1) * Inverse(Mod((D * y * y) + 1)));
        if (square.IsZero)
            return isOdd ? null : BigInteger.Zero;
        var x = BigInteger.ModPow(square, (Prime + 3) / 8, Prime);
        if (!Mod((x * x) - square).IsZero)
            x = Mod(x * RootOfMinusOne);
        if (!Mod((x * x) - square).IsZero)
            return null;
        return x.IsEven == isOdd ? Prime - x : x;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, Prime - 2, Prime);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }
}
