using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Media;

/// <summary>Addresses of files: the owner's own, and ones that are good for anybody for a short while.</summary>
public sealed class MediaAddresses(MediaKeys keys, TimeProvider clock)
{
    public const string UntilName = "until";
    public const string SignName = "sign";

    /// <summary>For its owner, who has a session.</summary>
    public static string Of(string id) => "/media/" + id;

    public static string Of(string id, int width) => string.Create(CultureInfo.InvariantCulture, $"/media/{id}?w={width}");

    /// <summary>For whoever gets it, until then; what is deleted answers 404 at once all the same.</summary>
    public string Sign(string id, TimeSpan lifetime)
    {
        var until = (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{Of(id)}?{UntilName}={until}&{SignName}={Base64Url.EncodeToString(Mac(keys.Newest(), id, until))}";
    }

    /// <summary>How much longer the address is good; null when it is not.</summary>
    public TimeSpan? Remaining(string id, string? until, string? sign)
    {
        if (until is null || sign is null || sign.Length > 64
            || !long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return null;
        var left = seconds - clock.GetUtcNow().ToUnixTimeSeconds();
        return left > 0 && Matches(id, until, sign) ? TimeSpan.FromSeconds(Math.Min(left, int.MaxValue)) : null;
    }

    private bool Matches(string id, string until, string sign)
    {
        var given = Encoding.ASCII.GetBytes(sign);
        var known = false;
        foreach (var key in keys.All())
        {
            var made = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Mac(key, id, until)));
            known |= CryptographicOperations.FixedTimeEquals(made, given);
        }

        return known;
    }

    private static byte[] Mac(byte[] key, string id, string until) =>
        HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"media\n{id}\n{until}"));
}
