using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>Small gifts and corrections at once, large ones by two pairs of eyes, each once and each with its line in the audit list.</summary>
public abstract class ProposalsTests(Engine engine) : OnEngine(engine)
{
    private const long Person = 7;
    private const long One = 1;
    private const long Other = 2;

    private Proposals Proposals => The<Proposals>();

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    [InlineData(-10_000, true)]
    [InlineData(-10_001, false)]
    public async Task Up_to_ten_thousand_one_admin_decides_alone(long amount, bool alone)
    {
        await Till.GrantAsync(Person, 50_000);

        var asked = await Proposals.AskAsync("key", Person, amount, "why", One);

        Assert.Equal(alone ? new Proposed.Done(new Adjusted(amount)) : new Proposed.Waiting(1), asked);
        Assert.Equal(alone ? 50_000 + amount : 50_000, (await Till.AccountAsync(Person)).Available);
        Assert.Equal([alone ? amount > 0 ? "gift credits" : "correct credits" : "propose credits"], await AuditAsync());
    }

    [Fact]
    public async Task A_gift_is_a_grant_that_lives_three_months_and_names_who_gave_it()
    {
        await Proposals.AskAsync("key", Person, 50, "sorry", One);

        var grant = await Till.GrantOfAsync("gift:key");
        var entry = await Site.ReadAsync(db => db.CreditEntries.SingleAsync());
        Assert.Equal((Category.Promo, 50, TimeSpan.FromDays(92)), (grant.Category, grant.Issued, grant.ExpiresAt - grant.EffectiveAt));
        Assert.Equal(("admin 1", "sorry"), (entry.Actor, entry.Reason));
    }

    [Fact]
    public async Task The_audit_list_says_who_did_what_to_whom_and_why()
    {
        await Proposals.AskAsync("small", Person, 50, "sorry", One);
        await Proposals.AskAsync("large", Person, 20_000, "a prize", One);
        await Proposals.AskAsync("other", Person, 30_000, "too much", One);
        await Proposals.ApproveAsync(1, One + 1);
        await Proposals.DeclineAsync(2, One + 1);

        var lines = await Site.ReadAsync(db => db.AuditEntries.OrderBy(e => e.Id).ToListAsync());

        Assert.All(lines, line => Assert.Equal($"person {Person}", line.Subject));
        Assert.Equal(
            [(One, "50: sorry"), (One, "20000: a prize"), (One, "30000: too much"), (One + 1, "20000: a prize"), (One + 1, "30000: too much")],
            lines.Select(line => (line.ActorId, line.Detail)));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(20_000)]
    public async Task The_same_press_many_times_at_once_counts_once(long amount)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Proposals.AskAsync("key", Person, amount, "why", One))));

        Assert.Single(answers.Distinct());
        Assert.Single(await AuditAsync());
        Assert.Equal(amount > 10_000 ? 0 : 1, await Site.ReadAsync(db => db.CreditEntries.CountAsync()));
        Assert.Equal(amount > 10_000 ? 1 : 0, await Site.ReadAsync(db => db.CreditProposals.CountAsync()));
    }

    [Theory]
    [InlineData(50, 51)]
    [InlineData(20_000, 20_001)]
    public async Task The_same_key_with_other_content_is_refused(long amount, long other)
    {
        await Proposals.AskAsync("key", Person, amount, "why", One);

        Assert.Equal(new Proposed.Done(new KeyReused()), await Proposals.AskAsync("key", Person, other, "why", One));
        Assert.Equal(new Proposed.Done(new KeyReused()), await Proposals.AskAsync("key", Person, amount, "other", One));
        Assert.Equal(new Proposed.Done(new KeyReused()), await Proposals.AskAsync("key", Person + 1, amount, "why", One));
        Assert.Single(await AuditAsync());
    }

    [Theory]
    [InlineData(50)]
    [InlineData(20_000)]
    public async Task Without_a_reason_nothing_is_given_and_nothing_waits(long amount)
    {
        Assert.Equal(new Proposed.Done(new ReasonMissing()), await Proposals.AskAsync("key", Person, amount, "  ", One));

        Assert.Empty(await AuditAsync());
        Assert.Equal(0, await Site.ReadAsync(db => db.CreditProposals.CountAsync()));
    }

    [Fact]
    public async Task A_correction_of_more_than_is_there_says_how_much_there_is()
    {
        await Till.GrantAsync(Person, 100);

        Assert.Equal(new Proposed.Done(new NotEnoughCredits(100, 101)), await Proposals.AskAsync("key", Person, -101, "why", One));
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Another_admin_agrees_once_and_nobody_agrees_with_themselves()
    {
        await Proposals.AskAsync("key", Person, 20_000, "a prize", One);

        Assert.Equal(Decision.NotPossible, await Proposals.ApproveAsync(1, One));
        Assert.Equal(Decision.Done, await Proposals.ApproveAsync(1, Other));
        Assert.Equal(Decision.NotPossible, await Proposals.ApproveAsync(1, Other));
        Assert.Equal(Decision.NotPossible, await Proposals.DeclineAsync(1, Other));
        Assert.Equal(Decision.NotPossible, await Proposals.ApproveAsync(99, Other));

        var proposal = await Site.ReadAsync(db => db.CreditProposals.SingleAsync());
        Assert.Equal((ProposalState.Approved, Other), (proposal.State, proposal.DecidedBy));
        Assert.Equal(20_000, (await Till.AccountAsync(Person)).Available);
        Assert.Equal(["propose credits", "gift credits"], await AuditAsync());
    }

    [Fact]
    public async Task A_declined_proposal_moves_nothing_for_ever()
    {
        await Proposals.AskAsync("key", Person, 20_000, "a prize", One);

        Assert.Equal(Decision.Done, await Proposals.DeclineAsync(1, One));
        Assert.Equal(Decision.NotPossible, await Proposals.ApproveAsync(1, Other));
        Assert.Equal(0, await Site.ReadAsync(db => db.CreditEntries.CountAsync()));
        Assert.Equal(["propose credits", "decline credits"], await AuditAsync());
    }

    [Fact]
    public async Task Agreeing_and_declining_at_once_ends_in_one_of_the_two()
    {
        for (var round = 1; round <= 20; round++)
        {
            await Proposals.AskAsync($"key{round}", Person, 20_000, "a prize", One);
            var before = (await Site.ReadAsync(db => db.CreditAccounts.SingleOrDefaultAsync()))?.Available ?? 0;

            var decisions = await Task.WhenAll(
                Task.Run(() => Proposals.ApproveAsync(round, Other)), Task.Run(() => Proposals.DeclineAsync(round, Other)),
                Task.Run(() => Proposals.ApproveAsync(round, Other + 1)));

            Assert.Single(decisions, Decision.Done);
            var state = await Site.ReadAsync(db => db.CreditProposals.Where(p => p.Id == round).Select(p => p.State).SingleAsync());
            var after = (await Site.ReadAsync(db => db.CreditAccounts.SingleOrDefaultAsync()))?.Available ?? 0;
            Assert.Equal(state == ProposalState.Approved ? 20_000 : 0, after - before);
        }
    }

    [Fact]
    public async Task A_large_correction_whose_credits_are_gone_is_declined_by_agreeing()
    {
        await Till.GrantAsync(Person, 20_000);
        await Proposals.AskAsync("key", Person, -20_000, "bought by mistake", One);
        await Till.FreezeAsync(Person, 1, "job");

        Assert.Equal(Decision.NotPossible, await Proposals.ApproveAsync(1, Other));
        Assert.Equal(ProposalState.Declined, (await Site.ReadAsync(db => db.CreditProposals.SingleAsync())).State);
        Assert.Equal(19_999, (await Till.AccountAsync(Person)).Available);
    }

    [Fact]
    public async Task While_the_books_are_closed_agreeing_does_nothing_and_can_be_done_afterwards()
    {
        await Proposals.AskAsync("key", Person, 20_000, "a prize", One);
        await The<LedgerGuard>().StopAsync("a fault");

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Proposals.ApproveAsync(1, Other));
        await The<LedgerGuard>().ClearAsync(One, "mended");

        Assert.Equal(Decision.Done, await Proposals.ApproveAsync(1, Other));
        Assert.Equal(20_000, (await Till.AccountAsync(Person)).Available);
    }

    private Task<List<string>> AuditAsync() => Site.ReadAsync(db => db.AuditEntries.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync());
}

public sealed class SqliteProposalsTests() : ProposalsTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresProposalsTests() : ProposalsTests(Engine.Postgres);
