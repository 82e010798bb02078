using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dressora.Web.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Dressora.Web.Accounts;

/// <summary>
/// What a browser was asked travels sealed with it: for one purpose, for five minutes, for one answer.
/// </summary>
public sealed class PasskeyMemories(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int MemoryMax = 8_000;
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _seal = protection.CreateProtector("Dressora.Passkey.v1");

    internal string Seal(string purpose, string? state) => _seal.Protect(string.Create(
        CultureInfo.InvariantCulture, $"{purpose}\n{clock.GetUtcNow().ToUnixTimeSeconds()}\n{state}"));

    internal PasskeyMemory? Open(string purpose, string? memory)
    {
        if (string.IsNullOrEmpty(memory) || memory.Length > MemoryMax)
            return null;
        try
        {
            var text = _seal.Unprotect(memory);
            var parts = text.Split('\n', 3);
            var madeAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            return parts[0] == purpose && clock.GetUtcNow() - madeAt < AgeMax
                ? new PasskeyMemory(parts[2], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static Task<bool> SpendAsync(Write write, PasskeyMemory question) =>
        Once.SpendAsync(write, question.Hash, write.Now + AgeMax);
}

/// <summary>A question of ours that is still open.</summary>
internal sealed record PasskeyMemory(string State, string Hash);
