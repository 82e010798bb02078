using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Who asks for a movement, and the key under which the answer is kept for ever.</summary>
public sealed record Command(string Key, string Actor = Command.System)
{
    /// <summary>The house itself, when no person asked.</summary>
    public const string System = "system";
    public const int KeyMax = 200;

    /// <summary>
    /// Runs the effect once. The same content again gets the kept answer; other content under the key is refused. A crash
    /// keeps nothing, so its retry runs.
    /// </summary>
    internal async Task<Outcome> OnceAsync(Write write, string content, Func<Task<Outcome>> effect)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Key.Length, KeyMax, nameof(Key));
        ArgumentException.ThrowIfNullOrEmpty(Key);
        await write.HoldAsync($"credits {Key}");
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        var kept = await write.RowAsync(
            "SELECT fingerprint, outcome FROM credit_commands WHERE key = @key",
            row => new Kept((byte[])row.GetValue(0), row.GetString(1)),
            ("@key", Key));
        if (kept is not null)
            return kept.Fingerprint.AsSpan().SequenceEqual(fingerprint) ? JsonSerializer.Deserialize<Outcome>(kept.Outcome)! : new KeyReused();

        var outcome = await effect();
        if (outcome is KeyReused)
            return outcome;
        await write.ExecuteAsync(
            "INSERT INTO credit_commands (key, fingerprint, outcome, at) VALUES (@key, @fingerprint, @outcome, @at)",
            ("@key", Key),
            ("@fingerprint", fingerprint),
            ("@outcome", JsonSerializer.Serialize(outcome)),
            ("@at", InstantConverter.ToMicroseconds(write.Now)));
        return outcome;
    }

    /// <summary>What was asked, as one text in which no two commands are alike.</summary>
    internal static string Content(string verb, params object?[] parts)
    {
        var text = new StringBuilder(verb);
        foreach (var part in parts)
        {
            var word = part is DateTimeOffset instant
                ? InstantConverter.ToMicroseconds(instant).ToString(CultureInfo.InvariantCulture)
                : Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"|{word.Length}:{word}");
        }

        return text.ToString();
    }

    private sealed record Kept(byte[] Fingerprint, string Outcome);
}
