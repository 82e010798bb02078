using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Providers;

/// <summary>How this server and a machine of the owner's sign what they tell each other.</summary>
internal static class CallSignature
{
    internal const string JobHeader = "X-Worker-Job";
    internal const string TimestampHeader = "X-Worker-Timestamp";
    internal const string SignatureHeader = "X-Worker-Signature";
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(120);

    internal static string Of(string secret, string subject, string timestamp, ReadOnlySpan<byte> body)
    {
        var text = $"{subject}|{timestamp}|{Convert.ToHexStringLower(SHA256.HashData(body))}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }

    internal static void Sign(
        HttpRequestMessage request, string secret, string subject, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(JobHeader, subject);
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, Of(secret, subject, timestamp, body));
    }

    /// <summary>Why it is not to be believed; null when it is. Any of the secrets will do, the old and the new.</summary>
    internal static string? Fault(
        IReadOnlyList<string> secrets, string subject, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (timestamp is null || signature is null)
            return "A header is missing or twice there.";
        if (timestamp.Length > 12 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return "Its time cannot be read.";
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return "Its time is not now.";
        var given = Encoding.UTF8.GetBytes(signature);
        var fits = false;
        foreach (var secret in secrets)
            fits |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(secret, subject, timestamp, body)));
        return fits ? null : "The signature does not fit.";
    }
}
