namespace Dressora.Web.Ledger;

/// <summary>One account's entries, played again from nothing. Says in words the first thing that does not agree.</summary>
internal sealed class Replay(Account account)
{
    private readonly Dictionary<long, Grant> _stored = [];
    private readonly Dictionary<long, Grant> _played = [];
    private readonly Dictionary<long, Hold> _holds = [];
    private readonly Dictionary<long, (long Frozen, long Left, long Charged)> _holdSums = [];
    private byte[] _head = Entry.Genesis(account.UserId);
    private long _count, _available, _held, _debt;

    internal int Grants => _stored.Count;
    internal int Holds => _holds.Count;
    internal long Entries => _count;

    internal void Know(Grant grant)
    {
        _stored[grant.Id] = grant;
        _played[grant.Id] = new Grant
        {
            Id = grant.Id, UserId = grant.UserId, Category = grant.Category, Scope = grant.Scope, Source = grant.Source,
            EffectiveAt = grant.EffectiveAt, ExpiresAt = grant.ExpiresAt, Issued = grant.Issued,
        };
    }

    internal void Know(Hold hold) => _holds[hold.Id] = hold;

    internal string? Play(Entry entry)
    {
        _count++;
        if (entry.Number != _count)
            return $"entry {_count} is missing (the next one is number {entry.Number}, row {entry.Id})";
        _head = entry.HashAfter(_head);
        if (!_head.AsSpan().SequenceEqual(entry.Hash))
            return $"entry {entry.Number} (row {entry.Id}) was changed: its hash does not follow from the entry before it";
        if (Move(entry) is { } wrong)
            return $"entry {entry.Number} (row {entry.Id}) {wrong}";
        return (_available, _held, _debt) == (entry.AvailableAfter, entry.HeldAfter, entry.DebtAfter)
            ? null
            : $"entry {entry.Number} (row {entry.Id}) says {entry.AvailableAfter}/{entry.HeldAfter}/{entry.DebtAfter} after it, replayed it is {_available}/{_held}/{_debt}";
    }

    /// <summary>After the last entry: every counter is what the entries make it.</summary>
    internal string? Close()
    {
        if (_count != account.Entries || !_head.AsSpan().SequenceEqual(account.Head))
            return $"the account knows {account.Entries} entries, {_count} are there, or its last hash is not theirs";
        if ((_available, _held, _debt) != (account.Available, account.Held, account.Debt))
            return $"the account says {account.Available}/{account.Held}/{account.Debt}, replayed it is {_available}/{_held}/{_debt}";
        return _stored.Values.Select(Compare).Concat(_holds.Values.Select(Compare)).Append(CompareHeld()).FirstOrDefault(fault => fault is not null);
    }

    private string? Move(Entry entry)
    {
        if (entry.Amount <= 0 || entry.From == entry.To)
            return "moves nothing";
        if (entry.GrantId is not { } id)
        {
            _debt += Sum(Bucket.Debt, entry);
            return null;
        }

        if (!_played.TryGetValue(id, out var grant))
            return $"names grant {id}, which is not this person's";
        grant.Move(entry.From, entry.To, entry.Amount);
        if (grant.IsCredit)
        {
            _available += Sum(Bucket.Available, entry);
            _held += Sum(Bucket.Held, entry);
        }

        return Math.Min(grant.Available, grant.Held) < 0 ? $"takes more from grant {id} than it has" : MoveHold(entry);
    }

    private string? MoveHold(Entry entry)
    {
        var change = Sum(Bucket.Held, entry);
        if (change == 0)
            return null;
        if (entry.HoldId is not { } id || !_holds.ContainsKey(id))
            return "moves held credits under no hold of this person";
        var (frozen, left, charged) = _holdSums.GetValueOrDefault(id);
        _holdSums[id] = (
            frozen + Math.Max(0, change), left + change, charged + (entry.To == Bucket.Spent ? entry.Amount : 0));
        return null;
    }

    private string? Compare(Grant stored)
    {
        var played = _played[stored.Id];
        var counters = (stored.Available, stored.Held, stored.Spent, stored.Expired, stored.Revoked);
        var replayed = (played.Available, played.Held, played.Spent, played.Expired, played.Revoked);
        if (counters != replayed)
            return $"grant {stored.Id} says {counters}, replayed it is {replayed}";
        var sum = stored.Available + stored.Held + stored.Spent + stored.Expired + stored.Revoked;
        return sum == stored.Issued ? null : $"grant {stored.Id} issued {stored.Issued}, its parts are {sum}";
    }

    private string? Compare(Hold hold)
    {
        var (frozen, left, charged) = _holdSums.GetValueOrDefault(hold.Id);
        var shouldBeLeft = hold.State == HoldState.Open ? hold.Amount : 0;
        return (frozen, left, charged) == (hold.Amount, shouldBeLeft, hold.Charged)
            ? null
            : $"hold {hold.Id} ({hold.Reference}) is {hold.State} with {hold.Charged} of {hold.Amount} charged; its entries froze {frozen}, left {left}, charged {charged}";
    }

    private string? CompareHeld()
    {
        var open = _holds.Values.Where(hold => hold is { State: HoldState.Open, Scope: Scopes.Any }).Sum(hold => hold.Amount);
        return open == _held ? null : $"{_held} are held, the open holds are {open}";
    }

    private static long Sum(Bucket bucket, Entry entry) =>
        (entry.To == bucket ? entry.Amount : 0) - (entry.From == bucket ? entry.Amount : 0);
}
