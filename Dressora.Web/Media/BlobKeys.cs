using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Dressora.Web.Media;

/// <summary>What blobs are called: made of numbers of ours, never of anything a person sent. A key is never used again.</summary>
public static partial class BlobKeys
{
    private const int IdBytes = 16;

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public static string Upload(long userId, string id, string extension) => Checked($"user_{userId}/upload_{id}.{extension}");

    /// <summary>What a program put there itself; it is looked at, kept under another name, and goes.</summary>
    public static string Incoming(long userId, string id) => Checked($"user_{userId}/incoming_{id}");

    public static string Export(long userId, string id) => Checked($"user_{userId}/export_{id}.zip");

    /// <summary>As in <c>user_7/job_12/final_v1.webp</c>; the id keeps a second try from the first one's bytes.</summary>
    public static string Job(long userId, string jobId, string name, string id, string extension) =>
        Checked($"user_{userId}/job_{jobId}/{name}_{id}.{extension}");

    public static string Folder(long userId) => $"user_{userId}/";

    public static bool IsId(string text) => Id().IsMatch(text);

    internal static string Checked(string key) =>
        Whole().IsMatch(key) ? key : throw new ArgumentException("A blob's key is made of small letters, digits and _.", nameof(key));

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A\.?[a-z0-9_]+(/[a-z0-9_]+)*(\.[a-z0-9]+)?\z")]
    private static partial Regex Whole();
}
