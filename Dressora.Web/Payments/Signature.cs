using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Payments;

/// <summary>HMAC-SHA256 in small hex, over bytes as they came: what Razorpay signs with, and the demo likewise.</summary>
public static class Signature
{
    public static string Of(string secret, ReadOnlySpan<byte> message) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));

    public static string OfOrder(string secret, string orderId, string paymentId) => OfText(secret, $"{orderId}|{paymentId}");

    /// <summary>The other way round than an order's.</summary>
    public static string OfSubscription(string secret, string paymentId, string subscriptionId) => OfText(secret, $"{paymentId}|{subscriptionId}");

    public static string OfLink(string secret, string linkId, string reference, string status, string paymentId) =>
        OfText(secret, $"{linkId}|{reference}|{status}|{paymentId}");

    /// <summary>In the same time whether they differ at the first letter or the last; large hex is not theirs.</summary>
    public static bool Fits(string expected, string? given) => given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    /// <summary>Any of the secrets will do, the old and the new.</summary>
    public static bool Fits(IEnumerable<string> secrets, ReadOnlySpan<byte> message, string? given)
    {
        var fits = false;
        foreach (var secret in secrets)
            fits |= secret.Length > 0 && Fits(Of(secret, message), given);
        return fits;
    }

    private static string OfText(string secret, string text) => Of(secret, Encoding.UTF8.GetBytes(text));
}
