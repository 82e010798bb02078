using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dressora.Web.Identity;

/// <summary>RFC 6238 as authenticator apps speak it: SHA-1, six digits, thirty seconds, one step of drift either way.</summary>
public static class Totp
{
    private const int KeyBytes = 20;
    private const int Drift = 1;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The step whose code this is, or null. The caller refuses a step it has taken before.</summary>
    public static long? StepOf(byte[] key, string typed, DateTimeOffset now)
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        var current = now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;
        long? found = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(CodeAt(key, step)), System.Text.Encoding.ASCII.GetBytes(digits)))
                found = step;
        }

        return found;
    }

    public static string CodeAt(byte[] key, DateTimeOffset now) =>
        CodeAt(key, now.ToUnixTimeSeconds() / (long)Step.TotalSeconds);

    public static string Spell(byte[] key)
    {
        var text = new System.Text.StringBuilder(key.Length * 8 / 5);
        int buffer = 0, bits = 0;
        foreach (var octet in key)
        {
            buffer = (buffer << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            buffer &= 0xfff;
        }

        return text.ToString();
    }

    public static string Address(string site, string email, byte[] key) =>
        $"otpauth://totp/{Uri.EscapeDataString(site)}:{Uri.EscapeDataString(email)}"
        + $"?secret={Spell(key)}&issuer={Uri.EscapeDataString(site)}";

    private static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The apps know no other hash; HMAC-SHA1 is sound here.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
