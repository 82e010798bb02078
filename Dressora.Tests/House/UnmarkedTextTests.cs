using AngleSharp.Html.Parser;
using Dressora.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Xunit;

namespace Dressora.Tests.House;

public sealed class UnmarkedTextTests
{
    /// <summary>What stands on a page and is nobody's sentence: names, addresses, what people and programs wrote.</summary>
    private static readonly string[] Data =
    [
        "Dressora", "owner@example.org", "asha@example.org", "admin@example.org", "dressora.test", "https", "Firefox", "Linux", "UTC", "person 118",
    ];

    /// <summary>Rooms whose words are still the books' own: Lot, purse and hold are named there as the ledger names them.</summary>
    private static readonly string[] Later = ["/credits", "/admin/explain", "/admin/ledger"];

    [Fact]
    public async Task Every_sentence_on_every_page_can_be_translated()
    {
        await using var site = await Site.StartAsync(adjust: Mark);
        await using var empty = await Site.StartAsync(adjust: Mark);
        var walks = new[] { await Walk.ThroughAsync(site), await Walk.ThroughNewAsync(empty) };

        Clean.Of(walks.SelectMany(walk => walk.Pages).Where(stop => !Later.Any(room => IsIn(stop.Path, room))).SelectMany(stop => UnmarkedText.Find(stop.Answer.Document, Data)
            .Select(what => stop.Finding($"{what}.", "Say it through the localizer, or mark a name with translate=no.")))
            .DistinctBy(finding => (finding.Path.Split('?')[0], finding.What)));
    }

    [Theory]
    [InlineData("<p>Hello</p>", 1)]
    [InlineData("<p>⟦Hello⟧ Admin</p>", 1)]
    [InlineData("<p>⟦Hello⟧ <b>Admin</b></p>", 1)]
    [InlineData("<img alt='A shirt'>", 1)]
    [InlineData("<p>⟦Hello <a href=x>⟦there⟧</a> you⟧ 12</p>", 0)]
    [InlineData("<p>⟦Hello <b>Asha</b>, you⟧</p>", 0)]
    [InlineData("<p>asha@example.org</p><code>apt install</code><time>3 May</time><span translate=no>Atelier</span>", 0)]
    public void A_sentence_without_marks_is_found(string planted, int count) =>
        Assert.Equal(count, UnmarkedText.Find(new HtmlParser().ParseDocument($"<body>{planted}</body>"), Data).Count());

    private static bool IsIn(string path, string room) =>
        path.StartsWith("/admin", StringComparison.Ordinal) && path.Split('?')[0].EndsWith(room, StringComparison.Ordinal);

    private static void Mark(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
        builder.Services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory>(new MarkedWords()));
}
