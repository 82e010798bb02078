using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>Proves that whoever sets the house up can read its data folder. One file, spent when there is an owner.</summary>
public sealed class SetupKey(DataFolder folder)
{
    public const string Path = "/setup";

    private const int KeyBytes = 24;
    private static readonly int Length = Base64Url.GetEncodedLength(KeyBytes);

    /// <summary>The key; made when there is none.</summary>
    public string Ensure()
    {
        if (Read() is { } key)
            return key;
        key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        OwnerOnly.Write(folder.SetupKey, Encoding.ASCII.GetBytes(key));
        return key;
    }

    public bool Matches(string typed) =>
        Read() is { } key
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(typed.Trim()));

    public void Spend() => File.Delete(folder.SetupKey);

    private string? Read()
    {
        try
        {
            var key = File.ReadAllText(folder.SetupKey).Trim();
            return key.Length == Length ? key : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
