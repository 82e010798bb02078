using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>What the life of a job or payment shows, whose it is, and when there is more than it shows.</summary>
public sealed class ExplanationTests
{
    private const long Person = 7;
    private static readonly DateTimeOffset At = FakeClock.Start;

    private static readonly Explanation Nothing = new("job", null, null, [], [], new Dictionary<long, Grant>());

    [Fact]
    public void It_is_empty_only_without_hold_grant_and_entries()
    {
        Assert.True(Nothing.IsEmpty);
        Assert.False((Nothing with { Hold = HoldOf(Person) }).IsEmpty);
        Assert.False((Nothing with { Grant = GrantOf(Person) }).IsEmpty);
        Assert.False((Nothing with { Entries = [EntryOf(Person)] }).IsEmpty);
    }

    [Fact]
    public void It_is_one_persons_only_when_hold_grant_and_every_entry_are_theirs()
    {
        var whole = new Explanation(
            "job", HoldOf(Person), GrantOf(Person), [], [EntryOf(Person), EntryOf(Person)], new Dictionary<long, Grant>());

        Assert.True(Nothing.IsOnlyOf(Person));
        Assert.True(whole.IsOnlyOf(Person));
        Assert.False(whole.IsOnlyOf(Person + 1));
        Assert.False((whole with { Hold = HoldOf(8) }).IsOnlyOf(Person));
        Assert.False((whole with { Grant = GrantOf(8) }).IsOnlyOf(Person));
        Assert.False((whole with { Entries = [EntryOf(Person), EntryOf(8)] }).IsOnlyOf(Person));
    }

    [Theory]
    [InlineData(99, true, false)]
    [InlineData(100, true, true)]
    [InlineData(101, true, true)]
    [InlineData(101, false, false)]
    public void Only_a_grants_life_is_cut_at_a_hundred_entries(int entries, bool ofGrant, bool isCut) => Assert.Equal(
        isCut,
        (Nothing with { Grant = ofGrant ? GrantOf(Person) : null, Entries = [.. Enumerable.Repeat(EntryOf(Person), entries)] }).IsCut);

    private static Hold HoldOf(long person) => new(1, person, "job", Scopes.Any, 1, HoldState.Open, 0, At, At, null);

    private static Grant GrantOf(long person) => new()
    {
        Id = 1, UserId = person, Category = Category.Paid, Scope = Scopes.Any, Source = "job", EffectiveAt = At, ExpiresAt = Grant.Never, Issued = 1,
    };

    private static Entry EntryOf(long person) => new(
        person, 1, 1, null, EntryKind.Granted, Bucket.Issued, Bucket.Available, 1, 1, 0, 0, Command.System, "test", "job", At);
}
