using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Where credits can be. Every entry moves an amount from one to another, so the books always balance.</summary>
public enum Bucket
{
    Issued,
    Available,
    Held,
    Spent,
    Expired,
    Revoked,

    /// <summary>What a person owes because a refund took back credits that were used.</summary>
    Debt,

    /// <summary>What a maker charged beyond what was held; the house pays it, never the person.</summary>
    Overrun,
}

public enum EntryKind
{
    Granted,
    Frozen,
    Settled,
    Released,
    Expired,
    Revoked,
    Owed,
    Netted,
    Overrun,
    Corrected,
    Forfeited,
}

/// <summary>One movement: written once, never changed. Its hash covers the entry before it in the same account.</summary>
public sealed record Entry(
    long UserId,
    long Number,
    long? GrantId,
    long? HoldId,
    EntryKind Kind,
    Bucket From,
    Bucket To,
    long Amount,
    long AvailableAfter,
    long HeldAfter,
    long DebtAfter,
    string Actor,
    string Reason,
    string Reference,
    DateTimeOffset At)
{
    public long Id { get; init; }
    public byte[] Hash { get; init; } = [];

    /// <summary>Longer texts cost an allocation, nothing more.</summary>
    private const int UsualMax = 512;

    /// <summary>What stands before the first entry of an account.</summary>
    public static byte[] Genesis(long userId) => SHA256.HashData(Encoding.UTF8.GetBytes($"dressora ledger {userId}"));

    /// <summary>Lengths before the free texts, so that no two entries read the same.</summary>
    public byte[] HashAfter(ReadOnlySpan<byte> previous)
    {
        Span<byte> bytes = stackalloc byte[UsualMax];
        int written;
        while (!TryWrite(previous, bytes, out written))
            bytes = new byte[bytes.Length * 4];
        return SHA256.HashData(bytes[..written]);
    }

    private bool TryWrite(ReadOnlySpan<byte> previous, Span<byte> bytes, out int written)
    {
        previous.CopyTo(bytes);
        var fits = Utf8.TryWrite(
            bytes[previous.Length..],
            CultureInfo.InvariantCulture,
            $"{UserId}|{Number}|{GrantId}|{HoldId}|{Name(Kind)}|{Name(From)}|{Name(To)}|{Amount}|{AvailableAfter}|{HeldAfter}|{DebtAfter}|"
            + $"{Actor.Length}:{Actor}|{Reason.Length}:{Reason}|{Reference.Length}:{Reference}|{InstantConverter.ToMicroseconds(At)}",
            out written);
        written += previous.Length;
        return fits;
    }

    private static string Name<T>(T value) where T : struct, Enum => EntryNames<T>.Of[value];
}
