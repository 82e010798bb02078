using System.Net;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Studio;

/// <summary>The fitting room, without script.</summary>
public sealed class TryOnTests : IAsyncLifetime
{
    private const string Editor = "/studio/try-on";
    private const string Form = "#fitting";
    private Workshop _shop = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync(credits: 50);
        _browser = await _shop.Site.SignInAsync();
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task The_page_says_price_balance_after_and_wait_before_anybody_presses()
    {
        var page = await _browser.GetAsync(Editor);

        Assert.Equal("Try it on for 20 credits", page.TextOf(".ticket .button--main"));
        Assert.Contains("20 credits, $0.55", page.TextOf(".ticket dl"), StringComparison.Ordinal);
        Assert.Contains("You will have30", page.TextOf(".ticket dl"), StringComparison.Ordinal);
        Assert.Contains("about", page.TextOf(".ticket dl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_photos_and_a_press_are_a_job_with_its_own_address()
    {
        var answer = await AskAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var job = await OnlyJobAsync();
        Assert.Equal($"/jobs/{job.Id}", answer.Location);
        Assert.Equal(30, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Files_sent_with_the_press_are_kept_and_worn()
    {
        var page = await _browser.GetAsync($"{Editor}?person=none");
        var answer = await _browser.SubmitAsync(
            page, Form, new { Form_Person_File = Photos.File(1), Form_Garment_File = Photos.File(2), Form_States = true, Form_Category = "top" });

        var job = await OnlyJobAsync();
        Assert.Equal($"/jobs/{job.Id}", answer.Location);
        Assert.Equal(2, await _shop.Site.ReadAsync(db => db.MediaItems.CountAsync(item => item.Width == 300)));
    }

    [Fact]
    public async Task A_press_without_the_statement_holds_nothing_and_keeps_both_files()
    {
        var page = await _browser.GetAsync($"{Editor}?person=none");
        var refused = await _browser.SubmitAsync(page, Form, new { Form_Person_File = Photos.File(1), Form_Garment_File = Photos.File(2) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Without this nothing is made", refused.TextOf("#states-error"), StringComparison.Ordinal);
        Assert.Equal(2, refused.Document.QuerySelectorAll(".slot-picture img").Length);
        Assert.Equal(50, await _shop.AvailableAsync());

        var stated = await _browser.SubmitAsync(refused, Form, new { Form_States = true });
        Assert.Equal(HttpStatusCode.SeeOther, stated.Status);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("not a picture", "not a JPEG")]
    public async Task The_words_about_a_bad_file_stand_beside_its_frame(string content, string words)
    {
        var bad = new Upload("me.jpg", "image/jpeg", System.Text.Encoding.UTF8.GetBytes(content));
        var refused = await _browser.SubmitAsync(
            await _browser.GetAsync(Editor), Form, new { Form_Person_File = bad, Form_Garment_Id = _shop.Garment, Form_States = true });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(words, refused.TextOf("#slot-person #person-error"), StringComparison.Ordinal);
        Assert.False(refused.Has("#slot-garment .error"));
        Assert.Equal(50, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_small_photo_is_refused_before_any_money()
    {
        var small = new Upload("me.jpg", "image/jpeg", Photos.Of(200, 260));
        var refused = await _browser.SubmitAsync(
            await _browser.GetAsync(Editor), Form, new { Form_Person_File = small, Form_Garment_Id = _shop.Garment, Form_States = true });

        Assert.Contains("200 × 260 pixels", refused.TextOf("#person-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_the_photos_is_free_and_makes_no_job()
    {
        var page = await _browser.GetAsync($"{Editor}?person=none");
        var seen = await _browser.SubmitAsync(page, Form, new { Form_Person_File = Photos.File(1) }, button: "[formaction]");

        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Contains("The file is fine", seen.TextOf("#slot-person"), StringComparison.Ordinal);
        Assert.Equal(0, await _shop.Site.ReadAsync(db => db.Jobs.CountAsync()));
    }

    [Fact]
    public async Task A_double_tap_and_a_resubmit_after_Back_are_one_job()
    {
        var page = await _browser.GetAsync(Editor);
        var fields = new { Form_Garment_Id = _shop.Garment, Form_Person_Id = _shop.Person, Form_States = true, Form_Category = "top" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _browser.SubmitAsync(page, Form, fields)));

        Assert.Single(answers.Select(answer => answer.Location).Distinct());
        Assert.Equal(30, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task The_same_page_with_another_garment_is_another_job()
    {
        var page = await _browser.GetAsync(Editor);
        var other = await _shop.PhotoAsync(_shop.UserId, Purpose.Garment);
        var first = await _browser.SubmitAsync(page, Form, new { Form_Garment_Id = _shop.Garment, Form_States = true });
        var page2 = await _browser.GetAsync($"{Editor}?garment={other}");
        var second = await _browser.SubmitAsync(page2, Form, new { Form_Garment_Id = other, Form_Key = page.Find("[name='Form.Key']").GetAttribute("value") });

        Assert.NotEqual(first.Location, second.Location);
    }

    [Fact]
    public async Task Too_few_credits_are_402_with_the_sum_and_the_way_to_more()
    {
        await AskAsync();
        await _shop.EndAsync(await OnlyJobAsync());
        var other = await _shop.PhotoAsync(_shop.UserId, Purpose.Garment);
        var second = await _browser.SubmitAsync(await _browser.GetAsync($"{Editor}?garment={other}"), Form);
        Assert.True(second.Status == HttpStatusCode.SeeOther, second.Text);
        var third = await _shop.PhotoAsync(_shop.UserId, Purpose.Garment);
        var page = await _browser.GetAsync($"{Editor}?garment={third}");
        Assert.Contains("You are short of10", page.TextOf(".ticket dl"), StringComparison.Ordinal);

        var refused = await _browser.SubmitAsync(page, Form);

        Assert.Equal(HttpStatusCode.PaymentRequired, refused.Status);
        Assert.Contains("This takes 20 credits and you have 10", refused.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Contains(third, Uri.UnescapeDataString(refused.Find(".flash--warn a[href^='/billing/buy?need=10&back=']").GetAttribute("href")!), StringComparison.Ordinal);
        Assert.Equal(third, refused.Find("#slot-garment input:checked").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_made_before_is_offered_free_and_made_anew_only_when_asked()
    {
        await AskAsync();
        var job = await _shop.EndAsync(await OnlyJobAsync());

        var offered = await AskAsync();
        Assert.Equal(HttpStatusCode.OK, offered.Status);
        Assert.Equal($"/jobs/{job.Id}", offered.Find(".flash a.button--main").GetAttribute("href"));
        Assert.Equal(30, await _shop.AvailableAsync());

        var anew = await _browser.SubmitAsync(offered, Form, button: "[name='Form.Anew']");
        Assert.Equal(HttpStatusCode.SeeOther, anew.Status);
        Assert.NotEqual($"/jobs/{job.Id}", anew.Location);
        Assert.Equal(10, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Words_instead_of_a_photo_need_a_kind_and_pass_the_rules()
    {
        var page = await _browser.GetAsync($"{Editor}?by=words");
        var unkind = await _browser.SubmitAsync(page, Form, new { Form_Description = "linen shirt, off-white", Form_States = true });
        Assert.Contains("Say which kind", unkind.TextOf(".outcome .error"), StringComparison.Ordinal);

        var naked = await _browser.SubmitAsync(page, Form, new { Form_Description = "naked", Form_Category = "top", Form_States = true });
        Assert.Contains("Nobody is undressed here", naked.TextOf("#description-error"), StringComparison.Ordinal);

        var fine = await _browser.SubmitAsync(page, Form, new { Form_Description = "linen shirt, off-white", Form_Category = "top", Form_States = true });
        Assert.Equal(HttpStatusCode.SeeOther, fine.Status);
    }

    [Fact]
    public async Task Somebody_elses_photo_does_not_hang_here()
    {
        var (_, theirs, _) = await _shop.JoinAsync("ravi@example.org", 100);

        Assert.False((await _browser.GetAsync($"{Editor}?person={theirs}")).Has(".slot-picture img"));
        var piece = await _browser.GetPieceAsync($"{Editor}/slot?role=person&Form.Person.Id={theirs}");
        Assert.False(piece.Has(".slot-picture img"));
        Assert.DoesNotContain(theirs, piece.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piece_of_the_page_is_one_frame_and_nothing_more()
    {
        var piece = await _browser.GetPieceAsync($"{Editor}/slot?role=garment&Form.Garment.Id={_shop.Garment}");

        Assert.Equal("slot-garment", piece.Document.Body!.FirstElementChild!.Id);
        Assert.True(piece.Has(".slot-picture img"));
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.GetAsync($"{Editor}/slot?role=garment")).Status);
    }

    [Fact]
    public async Task No_maker_at_all_is_said_as_ours_and_holds_nothing()
    {
        _shop.Maker.IsReady = false;
        var refused = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("That is ours, not yours", refused.TextOf("#fitting .flash--bad"), StringComparison.Ordinal);
        Assert.Equal(50, await _shop.AvailableAsync());
    }

    private async Task<Answer> AskAsync()
    {
        var page = await _browser.GetAsync($"{Editor}?person={_shop.Person}&garment={_shop.Garment}&category=top");
        return await _browser.SubmitAsync(page, Form, page.Has("[name='Form.States']") ? new { Form_States = true } : null);
    }

    private Task<Job> OnlyJobAsync() => _shop.Site.ReadAsync(db => db.Jobs.SingleAsync());
}
