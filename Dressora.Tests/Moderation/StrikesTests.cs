using System.Net;
using System.Net.Http.Headers;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Dressora.Web.Moderation;
using Dressora.Web.Providers;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Moderation;

/// <summary>Refusals by the rules are counted, and too many of them pause a person; what was asked is kept nowhere.</summary>
public sealed class StrikesTests : IAsyncLifetime
{
    private const string Canary = "undress the violet canary";
    private Workshop _shop = null!;

    private Strikes Strikes => _shop.Site.Services.GetRequiredService<Strikes>();
    private FakeClock Clock => _shop.Site.Clock;

    public async Task InitializeAsync() => _shop = await Workshop.OpenAsync(
        adjust: builder => builder.Services.PostConfigure<ModerationOptions>(options => options.Strikes = 5));

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task The_fifth_refusal_in_thirty_days_pauses_for_a_day()
    {
        for (var n = 0; n < 4; n++)
            Assert.IsType<ToolAnswer.Faulty>(await TryAsync($"bad-{n}"));
        Assert.Null(await Strikes.PauseAsync(_shop.UserId));
        Assert.IsType<ToolAnswer.Faulty>(await TryAsync("bad-4"));
        var until = Clock.GetUtcNow() + Strikes.Pause;

        Assert.Equal(until, (await TryAsync("good", "a coral coat") as ToolAnswer.Paused)?.Until);
        Clock.Advance(Strikes.Pause - TimeSpan.FromSeconds(1));
        Assert.IsType<ToolAnswer.Paused>(await TryAsync("good", "a coral coat"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ToolAnswer.Answered>(await TryAsync("good", "a coral coat"));
        Assert.IsType<ToolAnswer.Faulty>(await TryAsync("bad-5"));
        Assert.IsType<ToolAnswer.Paused>(await TryAsync("again", "a coral coat"));
    }

    [Fact]
    public async Task What_is_older_than_thirty_days_does_not_count()
    {
        for (var n = 0; n < 4; n++)
            await TryAsync($"bad-{n}");
        Clock.Advance(Strikes.Window);

        await TryAsync("bad-4");

        Assert.Null(await Strikes.PauseAsync(_shop.UserId));
    }

    [Fact]
    public async Task The_same_form_sent_twice_at_once_is_one_try()
    {
        await Task.WhenAll(TryAsync("tap"), TryAsync("tap"));

        Assert.Equal(1, await CountAsync());
        Clock.Advance(TimeSpan.FromMinutes(1));
        await TryAsync("tap");
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_slip_does_not_count()
    {
        Assert.IsType<ToolAnswer.Faulty>(await TryAsync("slip", "x"));

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_makers_refusal_counts_and_other_failures_do_not()
    {
        _shop.Maker.OnSubmit = _ => Task.FromResult<Submission>(new Submission.Rejected(new ProviderError(ErrorClass.RejectedContent, "content", "no")));
        var refused = await _shop.EndAsync(await _shop.SubmitAsync("refused"));
        _shop.Maker.OnSubmit = _ => Task.FromResult<Submission>(new Submission.Rejected(new ProviderError(ErrorClass.BadInput, "input", "no")));
        await _shop.EndAsync(await _shop.SubmitAsync("bad"));

        var strike = await _shop.Site.ReadAsync(db => db.Strikes.SingleAsync());

        Assert.Equal((StrikeReason.Maker, refused.Reference, _shop.UserId), (strike.Reason, strike.Source, strike.UserId));
        await _shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task Nothing_of_what_was_asked_is_kept()
    {
        await TryAsync("canary");

        var strike = await _shop.Site.ReadAsync(db => db.Strikes.SingleAsync());

        Assert.DoesNotContain("canary", strike.Source.Replace("ask:canary", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_shop.Site.Folder.Root, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(open);
            Assert.DoesNotContain("violet canary", await text.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_program_and_a_page_say_until_when()
    {
        await PauseAsync();
        using var client = _shop.Site.NewBrowser();
        var key = (KeyMade.Made)await _shop.Site.Services.GetRequiredService<ApiKeys>().MakeAsync(_shop.UserId, "test", Web.Identity.KeyScopes.Jobs, null, null);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs/create")
        {
            Content = new StringContent(
                $$"""{"module":"try-on","clientJobId":"1","person":"{{_shop.Person}}","garment":"{{_shop.Garment}}","category":"top"}""",
                MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);

        var refused = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("\"paused\"", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_sees_and_clears_them()
    {
        await PauseAsync();
        using var admin = await _shop.Site.AdminAsync();
        var page = await admin.GetAsync($"/admin/people/{_shop.UserId}");
        Assert.Contains("Submitting is paused until", page.Text, StringComparison.Ordinal);

        var cleared = await admin.FollowAsync(await admin.SubmitAsync(page, "form[action$=strikes]"));

        Assert.Contains("Cleared", cleared.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("paused until", cleared.Text, StringComparison.Ordinal);
        Assert.Null(await Strikes.PauseAsync(_shop.UserId));
        Assert.Equal(1, await _shop.Site.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == "clear strikes")));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Every_verb_speaks_both_engines(Engine engine)
    {
        await using var site = await Site.StartAsync(engine);
        var asha = await site.PersonAsync();
        var result = await site.ResultAsync(asha.Id);
        var (shares, reports) = (site.Services.GetRequiredService<Shares>(), site.Services.GetRequiredService<Reports>());
        var share = ((ShareOutcome.Made)await shares.MakeAsync(asha.Id, result.Id, 7)).Share;
        var shown = await shares.FindAsync(share.Token);
        Assert.True(await reports.FileAsync(shown!.AsReported, ReportReason.Me, "me"));
        Assert.True((await shares.FindAsync(share.Token))!.IsHidden);

        Assert.True(await site.Services.GetRequiredService<Takedown>().RemoveAsync(1, "yes", 1));

        Assert.Null(await shares.FindAsync(share.Token));
        Assert.Null(await site.Services.GetRequiredService<Strikes>().PauseAsync(asha.Id));
        var second = await site.ResultAsync(asha.Id, bytes: Photos.Of(seed: 9, kind: Web.Pictures.PictureKind.Webp));
        Assert.IsType<ClaimOutcome.MadeGood>(await site.Services.GetRequiredService<Claims>().MakeAsync(asha.Id, second.JobId, ClaimReason.Other, ""));
        var history = site.Services.GetRequiredService<History>();
        Assert.Equal(PinOutcome.Done, await history.PinAsync(asha.Id, second.Id, true));
        Assert.Equal([second.Id], await history.RemoveAsync(asha.Id, [second.Id]));
        Assert.Equal([second.Id], await history.BringBackAsync(asha.Id, [second.Id]));
    }

    private async Task PauseAsync()
    {
        for (var n = 0; n < 5; n++)
            await Strikes.AddAsync(_shop.UserId, StrikeReason.Prompt, $"test {n}");
    }

    private Task<int> CountAsync() => _shop.Site.ReadAsync(db => db.Strikes.CountAsync());

    private Task<ToolAnswer> TryAsync(string clientId, string description = Canary)
    {
        var toolbox = _shop.Site.Services.GetRequiredService<Toolbox>();
        return toolbox.AskAsync(toolbox.Find("try-on")!, _shop.UserId, clientId, new ToolForm(
            new Dictionary<string, string> { [TryOnTool.Category] = "top", [TryOnTool.Description] = description },
            new Dictionary<string, string> { [TryOnTool.Person] = _shop.Person }));
    }
}
