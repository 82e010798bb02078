using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>What can be wrong in one account's books, each in the words in which it is said.</summary>
public sealed class ReplayTests
{
    private const long Person = 7;
    private static readonly DateTimeOffset At = FakeClock.Start;

    private readonly List<Entry> _entries = [];
    private List<Grant> _grants = [];
    private List<Hold> _holds = [];
    private byte[] _head = Entry.Genesis(Person);

    private Account Account => new(Person, 7, 0, 3, _entries.Count, _head, At);

    [Fact]
    public void A_good_life_has_nothing_wrong_and_is_counted()
    {
        Live();
        var replay = Begin(Account);

        Assert.All(_entries, entry => Assert.Null(replay.Play(entry)));
        Assert.Null(replay.Close());
        Assert.Equal((2, 2, 9L), (replay.Grants, replay.Holds, replay.Entries));
    }

    [Fact]
    public void A_missing_entry_is_named_with_the_next_there_is()
    {
        Live();
        _entries.RemoveAt(1);

        Assert.Equal("entry 2 is missing (the next one is number 3, row 103)", Play());
    }

    [Fact]
    public void A_changed_entry_is_named()
    {
        Live();
        _entries[1] = _entries[1] with { Reason = "other" };

        Assert.Equal("entry 2 (row 102) was changed: its hash does not follow from the entry before it", Play());
    }

    [Theory]
    [InlineData(Bucket.Issued, Bucket.Available, 0)]
    [InlineData(Bucket.Issued, Bucket.Available, -1)]
    [InlineData(Bucket.Available, Bucket.Available, 1)]
    public void What_moves_nothing_is_wrong(Bucket from, Bucket to, long amount)
    {
        _grants = [GrantOf(1, 10)];
        Write(1, null, from, to, amount, (0, 0, 0));

        Assert.Equal("entry 1 (row 101) moves nothing", Play());
    }

    [Fact]
    public void A_grant_of_somebody_else_is_wrong()
    {
        Write(9, null, Bucket.Issued, Bucket.Available, 10, (10, 0, 0));

        Assert.Equal("entry 1 (row 101) names grant 9, which is not this person's", Play());
    }

    [Theory]
    [InlineData(Bucket.Available, Bucket.Spent, -1, 0)]
    [InlineData(Bucket.Held, Bucket.Spent, 10, -11)]
    public void More_than_a_grant_has_is_wrong(Bucket from, Bucket to, long available, long held)
    {
        _grants = [GrantOf(1, 10)];
        _holds = [HoldOf(1, 11, HoldState.Settled, 11)];
        Write(1, null, Bucket.Issued, Bucket.Available, 10, (10, 0, 0));
        Write(1, 1, from, to, 11, (available, held, 0));

        Assert.Equal("entry 2 (row 102) takes more from grant 1 than it has", Play());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(9L)]
    public void Held_credits_move_only_under_a_hold_of_the_same_person(long? hold)
    {
        _grants = [GrantOf(1, 10)];
        _holds = [HoldOf(1, 4, HoldState.Open, 0)];
        Write(1, null, Bucket.Issued, Bucket.Available, 10, (10, 0, 0));
        Write(1, hold, Bucket.Available, Bucket.Held, 4, (6, 4, 0));

        Assert.Equal("entry 2 (row 102) moves held credits under no hold of this person", Play());
    }

    [Theory]
    [InlineData(11, 0, 0)]
    [InlineData(10, 1, 0)]
    [InlineData(10, 0, 1)]
    public void An_entry_that_counts_otherwise_is_wrong(long available, long held, long debt)
    {
        _grants = [GrantOf(1, 10)];
        Write(1, null, Bucket.Issued, Bucket.Available, 10, (available, held, debt));

        Assert.Equal($"entry 1 (row 101) says {available}/{held}/{debt} after it, replayed it is 10/0/0", Play());
    }

    [Fact]
    public void An_account_that_knows_more_entries_or_another_end_is_wrong()
    {
        Live();

        Assert.Equal("the account knows 10 entries, 9 are there, or its last hash is not theirs", Play(Account with { Entries = 10 }));
        Assert.Equal(
            "the account knows 9 entries, 9 are there, or its last hash is not theirs", Play(Account with { Head = _entries[0].Hash }));
    }

    [Theory]
    [InlineData(8, 0, 3)]
    [InlineData(7, 1, 3)]
    [InlineData(7, 0, 4)]
    public void An_account_that_counts_otherwise_is_wrong(long available, long held, long debt)
    {
        Live();

        Assert.Equal(
            $"the account says {available}/{held}/{debt}, replayed it is 7/0/3",
            Play(Account with { Available = available, Held = held, Debt = debt }));
    }

    [Theory]
    [InlineData(1, 0, 0, 0, 0, "(8, 0, 2, 0, 1)")]
    [InlineData(0, 1, 0, 0, 0, "(7, 1, 2, 0, 1)")]
    [InlineData(0, 0, 1, 0, 0, "(7, 0, 3, 0, 1)")]
    [InlineData(0, 0, 0, 1, 0, "(7, 0, 2, 1, 1)")]
    [InlineData(0, 0, 0, 0, 1, "(7, 0, 2, 0, 2)")]
    public void A_grant_that_counts_otherwise_is_wrong(long available, long held, long spent, long expired, long revoked, string says)
    {
        Live();
        var grant = _grants[0];
        (grant.Available, grant.Held, grant.Spent) = (grant.Available + available, grant.Held + held, grant.Spent + spent);
        (grant.Expired, grant.Revoked) = (grant.Expired + expired, grant.Revoked + revoked);

        Assert.Equal($"grant 1 says {says}, replayed it is (7, 0, 2, 0, 1)", Play());
    }

    [Fact]
    public void A_grant_whose_parts_are_not_what_was_issued_is_wrong()
    {
        _grants = [GrantOf(1, 11)];
        (_grants[0].Available, _grants[0].Expired) = (8, 2);
        Write(1, null, Bucket.Issued, Bucket.Available, 10, (10, 0, 0));
        Write(1, null, Bucket.Available, Bucket.Expired, 2, (8, 0, 0));

        Assert.Equal("grant 1 issued 11, its parts are 10", Play(new Account(Person, 8, 0, 0, 2, _head, At)));
    }

    [Theory]
    [InlineData(6, HoldState.Settled, 2)]
    [InlineData(5, HoldState.Open, 2)]
    [InlineData(5, HoldState.Settled, 3)]
    public void A_hold_that_its_entries_do_not_bear_out_is_wrong(long amount, HoldState state, long charged)
    {
        Live();
        _holds[0] = HoldOf(1, amount, state, charged);

        Assert.Equal(
            $"hold 1 (job) is {state} with {charged} of {amount} charged; its entries froze 5, left 0, charged 2", Play());
    }

    [Fact]
    public void Held_credits_are_those_of_the_open_holds_of_credits()
    {
        _grants = [GrantOf(1, 10)];
        (_grants[0].Available, _grants[0].Held) = (6, 4);
        Write(1, null, Bucket.Issued, Bucket.Available, 10, (10, 0, 0));
        Write(1, 1, Bucket.Available, Bucket.Held, 4, (6, 4, 0));
        var account = new Account(Person, 6, 4, 0, 2, _head, At);

        _holds = [HoldOf(1, 4, HoldState.Open, 0)];
        Assert.Null(Play(account));
        _holds = [HoldOf(1, 4, HoldState.Open, 0) with { Scope = Scopes.Image }];
        Assert.Equal("4 are held, the open holds are 0", Play(account));
    }

    /// <summary>Credits that are used, given back and owed, and uses that count in no sum of credits.</summary>
    private void Live()
    {
        _grants = [GrantOf(1, 10), GrantOf(2, 3, Scopes.Image)];
        (_grants[0].Available, _grants[0].Spent, _grants[0].Revoked) = (7, 2, 1);
        (_grants[1].Available, _grants[1].Held) = (2, 1);
        _holds = [HoldOf(1, 5, HoldState.Settled, 2), HoldOf(2, 1, HoldState.Open, 0) with { Scope = Scopes.Image }];
        Write(1, null, Bucket.Issued, Bucket.Available, 10, (10, 0, 0));
        Write(1, 1, Bucket.Available, Bucket.Held, 4, (6, 4, 0));
        Write(1, 1, Bucket.Available, Bucket.Held, 1, (5, 5, 0));
        Write(1, 1, Bucket.Held, Bucket.Spent, 2, (5, 3, 0));
        Write(1, 1, Bucket.Held, Bucket.Available, 3, (8, 0, 0));
        Write(2, null, Bucket.Issued, Bucket.Available, 3, (8, 0, 0));
        Write(2, 2, Bucket.Available, Bucket.Held, 1, (8, 0, 0));
        Write(null, null, Bucket.Spent, Bucket.Debt, 3, (8, 0, 3));
        Write(1, null, Bucket.Available, Bucket.Revoked, 1, (7, 0, 3));
    }

    private void Write(long? grant, long? hold, Bucket from, Bucket to, long amount, (long Available, long Held, long Debt) after)
    {
        var number = _entries.Count + 1;
        var entry = new Entry(
            Person, number, grant, hold, EntryKind.Granted, from, to, amount, after.Available, after.Held, after.Debt, Command.System, "test",
            "job", At) { Id = 100 + number };
        _entries.Add(entry with { Hash = _head = entry.HashAfter(_head) });
    }

    private Replay Begin(Account account)
    {
        var replay = new Replay(account);
        _grants.ForEach(replay.Know);
        _holds.ForEach(replay.Know);
        return replay;
    }

    private string? Play(Account? account = null)
    {
        var replay = Begin(account ?? Account);
        return _entries.Select(replay.Play).FirstOrDefault(fault => fault is not null) ?? replay.Close();
    }

    private static Grant GrantOf(long id, long issued, string scope = Scopes.Any) => new()
    {
        Id = id, UserId = Person, Category = Category.Paid, Scope = scope, Source = $"source {id}", EffectiveAt = At, ExpiresAt = Grant.Never,
        Issued = issued,
    };

    private static Hold HoldOf(long id, long amount, HoldState state, long charged) =>
        new(id, Person, "job", Scopes.Any, amount, state, charged, At, At, null);
}
