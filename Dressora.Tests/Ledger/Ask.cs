using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>One thing that is asked of the ledger. Two that are equal are the same command; the key is part of that.</summary>
internal abstract record Ask(string Key)
{
    internal string Verb => GetType().Name;
}

/// <summary>Credits in; <see cref="Resets"/> is null for a plain grant and says for a renewal whether older ones end.</summary>
internal sealed record Give(GrantOrder Order, bool? Resets) : Ask("grant:" + Order.Source);

internal sealed record Freeze(string Key, long User, long Amount, string Reference, string Scope, TimeSpan Lifetime) : Ask(Key)
{
    /// <summary>In a story only: a job that has a hold already.</summary>
    internal bool Again { get; init; }
}

internal sealed record Settle(string Key, string Reference, long Actual) : Ask(Key);

internal sealed record Release(string Key, string Reference, ReleaseCause Cause) : Ask(Key);

internal sealed record Revoke(string Key, string Source, long Portion) : Ask(Key);

internal sealed record Adjust(string Key, long User, long Amount, string Reason) : Ask(Key);

internal sealed record Forfeit(string Key, long User) : Ask(Key);

internal sealed record Expire(int AtMost) : Ask("");

internal sealed record Overdue(int AtMost) : Ask("");
