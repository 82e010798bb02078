using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Dressora.Web.Identity;

public enum PuzzleAnswer
{
    Right,
    Wrong,
    TooFast,
    Stale,
}

/// <summary>What a form asks of whoever fills it in: a browser works for a second, a person without script adds two numbers.</summary>
public sealed record Puzzle(string Challenge, int First, int Second);

/// <summary>Makes puzzles and checks answers. The puzzle travels sealed in the form; nothing is kept until it is answered.</summary>
public sealed class Puzzles(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Leading zero bits: about 65,000 hashes, a second on a cheap phone.</summary>
    public const int Bits = 16;

    private const int ChallengeMax = 1_000;

    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(2);
    private static readonly TimeSpan AgeMin = TimeSpan.FromSeconds(2);

    private readonly IDataProtector _seal = protection.CreateProtector("Dressora.Puzzle.v1");

    public Puzzle Make()
    {
        int first = RandomNumberGenerator.GetInt32(2, 10), second = RandomNumberGenerator.GetInt32(2, 10);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()} {first + second} {nonce}");
        return new Puzzle(_seal.Protect(text), first, second);
    }

    /// <summary>Either the work or the sum will do.</summary>
    public PuzzleAnswer Check(string? challenge, string? work, string? sum)
    {
        if (Open(challenge) is not var (madeAt, expected))
            return PuzzleAnswer.Stale;
        var age = clock.GetUtcNow() - madeAt;
        if (age > AgeMax)
            return PuzzleAnswer.Stale;
        if (age < AgeMin)
            return PuzzleAnswer.TooFast;
        return IsWork(challenge!, work) || (int.TryParse(sum, CultureInfo.InvariantCulture, out var typed) && typed == expected)
            ? PuzzleAnswer.Right
            : PuzzleAnswer.Wrong;
    }

    /// <summary>
    /// The name under which an answered puzzle is remembered: of what is inside the seal, because the seal itself opens
    /// in more than one spelling.
    /// </summary>
    public string HashOf(string challenge) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_seal.Unprotect(challenge))));

    private (DateTimeOffset MadeAt, int Sum)? Open(string? challenge)
    {
        if (string.IsNullOrEmpty(challenge) || challenge.Length > ChallengeMax)
            return null;
        try
        {
            var parts = _seal.Unprotect(challenge).Split(' ');
            return (DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)),
                int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsWork(string challenge, string? work)
    {
        if (string.IsNullOrEmpty(work) || work.Length > 12 || !work.All(char.IsAsciiDigit))
            return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{challenge}:{work}"));
        var head = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);
        return BitOperations.LeadingZeroCount(head) >= Bits;
    }
}
