using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>
/// One person's account, opened for one command: reads what it needs, moves credits between buckets in memory, and at
/// <see cref="CloseAsync"/> writes entries, grants and account as they now stand.
/// </summary>
internal sealed class AccountBook
{
    private readonly Write _write;
    private readonly string _actor;
    private readonly Dictionary<long, Grant> _grants = [];
    private readonly HashSet<Grant> _moved = [];
    private readonly List<(Entry Entry, byte[] Hash)> _entries = [];
    private long _count;
    private byte[] _head;

    private AccountBook(Write write, string actor, Row row)
    {
        _write = write;
        _actor = actor;
        UserId = row.UserId;
        Available = row.Available;
        Held = row.Held;
        Debt = row.Debt;
        _count = row.Entries;
        _head = row.Head;
        // Time never runs backwards in an account, whatever the machine's clock does.
        Now = write.Now > row.LastAt ? write.Now : row.LastAt.AddMicroseconds(1);
    }

    internal long UserId { get; }
    internal DateTimeOffset Now { get; }
    internal long Available { get; private set; }
    internal long Held { get; private set; }
    internal long Debt { get; private set; }

    /// <summary>Opens the account, locked against everybody else; makes it when the person has none yet.</summary>
    internal static async Task<AccountBook> OpenAsync(Write write, long userId, string actor)
    {
        var row = await ReadAsync(write, userId);
        if (row is null)
        {
            var opened = await write.ExecuteAsync(
                "INSERT INTO credit_accounts (user_id, available, held, debt, entries, head, last_at) "
                + "VALUES (@user, 0, 0, 0, 0, @head, 0) ON CONFLICT DO NOTHING",
                ("@user", userId), ("@head", Entry.Genesis(userId)));
            if (opened > 0)
                await write.ExecuteAsync("UPDATE credit_seal SET accounts = accounts + 1, people = people + @user", ("@user", userId));
            row = await ReadAsync(write, userId);
        }

        return new AccountBook(write, actor, row!);
    }

    /// <summary>The grants that can pay now, in the order in which they burn.</summary>
    internal async Task<IReadOnlyList<Grant>> BurnableAsync(string scope) =>
    [
        .. (await _write.RowsAsync(
            $"SELECT {GrantRows.Columns} FROM credit_grants WHERE user_id = @user AND scope = @scope AND available > 0 "
            + "AND effective_at <= @now AND expires_at > @now ORDER BY priority, expires_at, effective_at, id",
            GrantRows.Read,
            ("@user", UserId), ("@scope", scope), ("@now", InstantConverter.ToMicroseconds(Now)))).Select(Known),
    ];

    internal async Task<Grant> GrantAsync(long id) => _grants.TryGetValue(id, out var known)
        ? known
        : Known((await _write.RowAsync(
            $"SELECT {GrantRows.Columns} FROM credit_grants WHERE id = @id", GrantRows.Read, ("@id", id)))!);

    internal Grant Known(Grant grant) => _grants.TryGetValue(grant.Id, out var known) ? known : _grants[grant.Id] = grant;

    /// <summary>Moves credits of a grant. Allowances are counted in uses, so only credits touch the account's sums.</summary>
    internal void Move(Grant grant, Bucket from, Bucket to, long amount, EntryKind kind, Note note)
    {
        if (amount == 0)
            return;
        grant.Move(from, to, amount);
        _moved.Add(grant);
        if (grant.IsCredit)
        {
            Available += Sum(Bucket.Available, from, to, amount);
            Held += Sum(Bucket.Held, from, to, amount);
        }

        Append(grant.Id, from, to, amount, kind, note);
    }

    /// <summary>A movement that belongs to no grant: debt and overrun.</summary>
    internal void Book(Bucket from, Bucket to, long amount, EntryKind kind, Note note)
    {
        if (amount == 0)
            return;
        Debt += Sum(Bucket.Debt, from, to, amount);
        Append(null, from, to, amount, kind, note);
    }

    internal void Touch(Grant grant) => _moved.Add(grant);

    internal async Task CloseAsync()
    {
        foreach (var grant in _moved)
            await GrantRows.UpdateAsync(_write, grant);
        foreach (var (entry, hash) in _entries)
            await EntryRows.InsertAsync(_write, entry, hash);
        if (_entries.Count == 0)
            return;
        await _write.ExecuteAsync(
            "UPDATE credit_accounts SET available = @available, held = @held, debt = @debt, entries = @entries, head = @head, "
            + "last_at = @at WHERE user_id = @user",
            ("@available", Available), ("@held", Held), ("@debt", Debt), ("@entries", _count), ("@head", _head),
            ("@at", InstantConverter.ToMicroseconds(Now)), ("@user", UserId));
    }

    private void Append(long? grantId, Bucket from, Bucket to, long amount, EntryKind kind, Note note)
    {
        var entry = new Entry(
            UserId, ++_count, grantId, note.HoldId, kind, from, to, amount, Available, Held, Debt, _actor, note.Reason, note.Reference, Now);
        _head = entry.HashAfter(_head);
        _entries.Add((entry, _head));
    }

    private static long Sum(Bucket bucket, Bucket from, Bucket to, long amount) =>
        (to == bucket ? amount : 0) - (from == bucket ? amount : 0);

    private static Task<Row?> ReadAsync(Write write, long userId) => write.RowAsync(
        "SELECT user_id, available, held, debt, entries, head, last_at FROM credit_accounts WHERE user_id = @user"
        + LedgerLocks.ForUpdate(write),
        Row.Read,
        ("@user", userId));

    private sealed record Row(
        long UserId, long Available, long Held, long Debt, long Entries, byte[] Head, DateTimeOffset LastAt)
    {
        internal static Row Read(DbDataReader row) => new(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), (byte[])row.GetValue(5),
            InstantConverter.FromMicroseconds(row.GetInt64(6)));
    }
}

/// <summary>What an entry says besides the movement: why, for what, and under which hold.</summary>
internal sealed record Note(string Reference, string Reason, long? HoldId = null);
