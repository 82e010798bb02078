using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

public sealed class FreezeTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static long _people = 1_000;
    private readonly long _person = Interlocked.Increment(ref _people);
    private readonly Till _till = new(shared.Site);

    [Fact]
    public async Task What_is_frozen_is_held_and_what_is_settled_is_spent()
    {
        await _till.GrantAsync(_person, 100, source: $"a{_person}");

        var frozen = Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 30, $"job{_person}"));
        Assert.Equal((70, 30), Sums(await _till.AccountAsync(_person)));
        var settled = await _till.SettleAsync($"job{_person}", 20);

        Assert.Equal(30, frozen.Amount);
        Assert.Equal(new Settled(20, 10, 0), settled);
        Assert.Equal((80, 0), Sums(await _till.AccountAsync(_person)));
        Assert.Equal(20, (await _till.GrantOfAsync($"a{_person}")).Spent);
    }

    [Fact]
    public async Task Too_little_freezes_nothing()
    {
        await _till.GrantAsync(_person, 10);

        Assert.Equal(new NotEnoughCredits(10, 11), await _till.FreezeAsync(_person, 11, $"job{_person}"));
        Assert.Equal((10, 0), Sums(await _till.AccountAsync(_person)));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_other_content_is_refused()
    {
        await _till.GrantAsync(_person, 100);
        var first = await _till.FreezeAsync(_person, 30, $"job{_person}", key: $"k{_person}");

        Assert.Equal(first, await _till.FreezeAsync(_person, 30, $"job{_person}", key: $"k{_person}"));
        Assert.IsType<KeyReused>(await _till.FreezeAsync(_person, 31, $"job{_person}", key: $"k{_person}"));
        Assert.Equal((70, 30), Sums(await _till.AccountAsync(_person)));
    }

    private static (long Available, long Held) Sums(Account account) => (account.Available, account.Held);
}
