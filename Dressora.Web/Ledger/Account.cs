namespace Dressora.Web.Ledger;

/// <summary>
/// A person's sums as the entries left them, the number of entries and the last hash. Time is not in them: what has
/// expired since stands in <see cref="Available"/> until the sweep books it, so balances are read against the clock.
/// </summary>
public sealed record Account(long UserId, long Available, long Held, long Debt, long Entries, byte[] Head, DateTimeOffset LastAt);

/// <summary>
/// Of all accounts ever opened, how many they are and the sum of their numbers. An account's own chain cannot tell that the
/// whole of it is gone; this can, and whose it was.
/// </summary>
public sealed record Seal(long Id, long Accounts, long People);

/// <summary>A command and the answer it got.</summary>
public sealed record KeptCommand(string Key, byte[] Fingerprint, string Outcome, DateTimeOffset At);
