using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Media;
using Dressora.Web.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Wardrobe;

/// <summary>What a person uploads, sees, names and deletes, without script.</summary>
public sealed class WardrobeTests : IAsyncLifetime
{
    private const string Add = "form[enctype]";
    private Site _site = null!;
    private PlainBrowser _browser = null!;
    private long _asha;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _asha = (await _site.PersonAsync()).Id;
        _browser = await _site.SignInAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task An_empty_wardrobe_says_what_belongs_into_it()
    {
        Assert.Equal("Nobody here yet", (await _browser.GetAsync("/wardrobe")).TextOf(".empty h2"));
        Assert.Equal("No garments yet", (await _browser.GetAsync("/wardrobe?show=garments")).TextOf(".empty h2"));
    }

    [Fact]
    public async Task A_photo_is_kept_shown_and_seen_large()
    {
        var answer = await SendAsync("/wardrobe", new { Form_File = Photos.File(), Form_States = true, Form_Label = "At the window" });

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var page = await _browser.FollowAsync(answer);
        Assert.Equal("At the window", page.TextOf(".job-card b"));
        Assert.Equal("image/webp", (await PictureAsync(page, ".job-card img")).ContentType);
        var photo = await _browser.GetAsync(page.Find(".job-card a").GetAttribute("href")!);
        Assert.Equal("At the window", photo.Heading);
        Assert.Equal(HttpStatusCode.OK, (await PictureAsync(photo, "main img")).Status);
    }

    [Fact]
    public async Task The_statement_is_kept_with_its_time_and_words_and_asked_once()
    {
        await SendAsync("/wardrobe", new { Form_File = Photos.File(), Form_States = true });

        var statement = await _site.ReadAsync(db => db.MediaStatements.SingleAsync());
        Assert.Equal((_asha, Statement.Current, FakeClock.Start), (statement.UserId, statement.Version, statement.MadeAt));
        Assert.False((await _browser.GetAsync("/wardrobe")).Has("[name='Form.States']"));
    }

    [Fact]
    public async Task A_chosen_file_survives_what_was_wrong_beside_it()
    {
        var refused = await SendAsync("/wardrobe", new { Form_File = Photos.File() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Without this nothing is kept", refused.TextOf("#states-error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PictureAsync(refused, "form img")).Status);

        var later = await _browser.GetAsync("/wardrobe");
        var kept = await _browser.SubmitAsync(later, Add, new { Form_States = true, Form_Label = "Me" });

        Assert.Equal(HttpStatusCode.SeeOther, kept.Status);
        Assert.Equal("Me", (await _browser.FollowAsync(kept)).TextOf(".job-card b"));
    }

    [Fact]
    public async Task A_label_that_is_too_long_costs_nobody_the_file()
    {
        var refused = await SendAsync("/wardrobe", new { Form_File = Photos.File(), Form_States = true, Form_Label = new string('x', 81) });

        Assert.Equal("At most 80 characters.", refused.TextOf("#Form_Label-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.SubmitAsync(refused, Add, new { Form_Label = "x", Form_States = true })).Status);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG, PNG, WebP or HEIC")]
    [InlineData("GIF89a and more", "not a JPEG, PNG, WebP or HEIC")]
    [InlineData("<!doctype html><script>alert(1)</script>", "not a JPEG, PNG, WebP or HEIC")]
    public async Task The_rule_that_a_file_failed_is_named(string content, string rule)
    {
        var file = new Upload("me.jpg", "image/jpeg", System.Text.Encoding.UTF8.GetBytes(content));

        var refused = await SendAsync("/wardrobe", new { Form_File = file, Form_States = true });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(rule, refused.TextOf("#file-error"), StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.MediaItems.CountAsync()));
    }

    [Fact]
    public async Task A_picture_that_breaks_off_is_refused_as_that()
    {
        var whole = Photos.Of(kind: PictureKind.Webp);

        var refused = await SendAsync("/wardrobe", new { Form_File = new Upload("a.webp", "image/webp", whole[..(whole.Length / 2)]), Form_States = true });

        Assert.Contains("breaks off", refused.TextOf("#file-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_chosen_is_said()
    {
        Assert.Equal("Choose a file first.", (await SendAsync("/wardrobe", new { Form_States = true })).TextOf("#file-error"));
    }

    [Fact]
    public async Task The_same_bytes_are_stored_once_and_hang_first_again()
    {
        await SendAsync("/wardrobe", new { Form_File = Photos.File(1), Form_States = true, Form_Label = "One" });
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync("/wardrobe", new { Form_File = Photos.File(2), Form_Label = "Two" });
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await _browser.FollowAsync(await SendAsync("/wardrobe", new { Form_File = Photos.File(1, "again.jpg") }));

        Assert.Equal(["One", "Two"], page.Document.QuerySelectorAll(".job-card b").Select(label => label.TextContent));
        Assert.Contains("already", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_picture_can_be_person_and_garment_and_its_bytes_lie_once()
    {
        var person = await _site.PhotoAsync(_asha);
        var garment = await _site.PhotoAsync(_asha, purpose: Purpose.Garment);
        Assert.NotEqual(person.Id, garment.Id);
        Assert.Equal(person.BlobKey, garment.BlobKey);

        await DeleteAsync(person);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(MediaAddresses.Of(person.Id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync(MediaAddresses.Of(garment.Id))).Status);
        await DeleteAsync(garment);
        await _site.DeletedAsync();

        Assert.Empty(Directory.GetFiles(_site.Folder.Media, "*", SearchOption.AllDirectories));
        Assert.All(await _site.ReadAsync(db => db.MediaItems.ToListAsync()), item => Assert.Equal(MediaState.Gone, item.State));
    }

    [Fact]
    public async Task A_garment_comes_by_link()
    {
        _site.Network.Answer("https://shop.example.com/coat.jpg", _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Photos.Of(seed: 5)),
        });

        var answer = await SendAsync("/wardrobe?show=garments", new { Form_Link = " https://shop.example.com/coat.jpg ", Form_States = true, Form_Label = "Coat" });

        Assert.Equal("Coat", (await _browser.FollowAsync(answer)).TextOf(".job-card b"));
    }

    [Theory]
    [InlineData("http://shop.example.com/coat.jpg", "begin with https://")]
    [InlineData("https://127.0.0.1/coat.jpg", "begin with https://")]
    [InlineData("https://shop.example.com/gone.jpg", "does not give us")]
    [InlineData("https://shop.example.com/page.html", "not a JPEG")]
    public async Task A_link_that_is_not_followed_says_why(string link, string why)
    {
        _site.Network.Answer("https://shop.example.com/gone.jpg", HttpStatusCode.NotFound);
        _site.Network.Answer("https://shop.example.com/page.html", "<!doctype html>", "text/html");

        var refused = await SendAsync("/wardrobe?show=garments", new { Form_Link = link, Form_States = true });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(why, refused.TextOf("#file-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_is_named_anew_and_deleted()
    {
        var photo = await _site.PhotoAsync(_asha);
        var path = $"/wardrobe/photo/{photo.Id}";

        var renamed = await _browser.FollowAsync(await _browser.SubmitAsync(await _browser.GetAsync(path), $"form[action='{path}']", new { Label = "Blue wall" }));
        Assert.Equal("Blue wall", renamed.Heading);
        var deleted = await _browser.FollowAsync(await DeleteAsync(photo));

        Assert.True(deleted.Has(".empty"));
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Nobody_sees_names_or_deletes_what_is_anothers()
    {
        var photo = await _site.PhotoAsync(_asha);
        await _site.PersonAsync("ben@example.org");
        var ben = await _site.SignInAsync("ben@example.org");
        var page = await _browser.GetAsync($"/wardrobe/photo/{photo.Id}");

        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync($"/wardrobe/photo/{photo.Id}")).Status);
        Assert.StartsWith("/account/sign-in", (await _site.NewBrowser().GetAsync("/wardrobe")).Location, StringComparison.Ordinal);
        var media = _site.Services.GetRequiredService<MediaStore>();
        Assert.False(await media.DeleteAsync(photo.OwnerId + 1, photo.Id));
        Assert.False(await media.RenameAsync(photo.OwnerId + 1, photo.Id, "mine"));
        Assert.IsType<Uploaded.NotThere>(await _site.Services.GetRequiredService<Uploads>()
            .ClaimAsync(photo.OwnerId + 1, photo.Id, new UploadWish(Purpose.Person)));
        Assert.True(page.Has("main img"));
    }

    private async Task<Answer> SendAsync(string path, object fields) =>
        await _browser.SubmitAsync(await _browser.GetAsync(path), Add, fields);

    private async Task<Answer> DeleteAsync(MediaItem photo) => await _browser.SubmitAsync(
        await _browser.GetAsync($"/wardrobe/photo/{photo.Id}"), $"form[action='/wardrobe/photo/{photo.Id}/delete']");

    private Task<Answer> PictureAsync(Answer page, string selector)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, page.Find(selector).GetAttribute("src"));
        request.Headers.Add("Accept", "image/avif,image/webp,*/*");
        return _browser.SendAsync(request);
    }
}
