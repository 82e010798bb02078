using Dressora.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>To another company and back, as a browser that holds our policy against every hop.</summary>
[Trait("needs", "browser")]
public sealed class WithJourneys
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_person_comes_in_with_another_companys_account(bool script, bool wanders)
    {
        await using var company = await ForeignCompany.OpenAsync();
        company.Wanders = wanders;
        await using var site = await Site.ListenAsync(adjust: ForeignCompany.Reach, settings: company.Settings);
        await using var journey = await Journey.BeginAsync(site, Sight.Phone with { Script = script });
        await journey.GoAsync("/account/sessions");

        await journey.PressAsync("Go on with Example");

        await journey.ReadsAsync("Where you are signed in");
        Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync()));
    }
}
