using System.Security.Cryptography;

namespace Dressora.Web.Shell;

/// <summary>Names a request in the log and to the person who asks about it. Never taken from outside.</summary>
public static class RequestId
{
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Length = 12;

    public static string New() => RandomNumberGenerator.GetString(Letters, Length);
}
