using System.Numerics;
using System.Security.Cryptography;
using Dressora.Web.Providers.Fal;

namespace Dressora.Tests.Harness;

/// <summary>Signs as fal does (RFC 8032, 5.1.6); the product can only check.</summary>
internal sealed class Ed25519Signer
{
    private readonly BigInteger _secret;
    private readonly byte[] _prefix;

    internal Ed25519Signer(ReadOnlySpan<byte> seed)
    {
        var hash = SHA512.HashData(seed);
        hash[0] &= 248;
        hash[31] = (byte)((hash[31] & 127) | 64);
        _secret = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
        _prefix = hash[32..];
        PublicKey = (_secret * CurvePoint.Base).Encode();
    }

    internal byte[] PublicKey { get; }

    internal byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] nonce = [.. _prefix, .. message];
        var r = new BigInteger(SHA512.HashData(nonce), isUnsigned: true) % CurvePoint.Order;
        var start = (r * CurvePoint.Base).Encode();
        var s = (r + (Ed25519.Scalar(start, PublicKey, message) * _secret)) % CurvePoint.Order;
        var signature = new byte[64];
        start.CopyTo(signature, 0);
        s.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        return signature;
    }
}
