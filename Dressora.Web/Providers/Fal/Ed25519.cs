using System.Numerics;
using System.Security.Cryptography;

namespace Dressora.Web.Providers.Fal;

/// <summary>Checks signatures as RFC 8032 says (5.1.7); the framework has no such class. It cannot sign.</summary>
internal static class Ed25519
{
    internal const int SignatureSize = 64;

    internal static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize)
            return false;
        var start = signature[..CurvePoint.Size];
        var s = new BigInteger(signature[CurvePoint.Size..], isUnsigned: true);
        if (s >= CurvePoint.Order || CurvePoint.Decode(publicKey) is not { } key || CurvePoint.Decode(start) is not { } r)
            return false;
        var k = Scalar(start, publicKey, message);
        return (s * CurvePoint.Base).IsSameAs(r + (k * key));
    }

    internal static BigInteger Scalar(ReadOnlySpan<byte> start, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(start);
        hash.AppendData(publicKey);
        hash.AppendData(message);
        return new BigInteger(hash.GetHashAndReset(), isUnsigned: true) % CurvePoint.Order;
    }
}
