using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dressora.Tests.Harness;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Media;

/// <summary>Bytes that go to the bucket past us, and are looked at when somebody says they are there.</summary>
[Trait("needs", "s3")]
public sealed class DirectUploadTests : IAsyncLifetime
{
    private S3Server _server = null!;
    private Site _site = null!;
    private PlainBrowser _browser = null!;
    private long _asha;

    public async Task InitializeAsync()
    {
        _server = await S3Server.StartAsync();
        _site = await Site.StartAsync(settings: _server.Settings);
        // The server of the tests judges addresses by the machine's own clock.
        _site.Clock.Set(DateTimeOffset.UtcNow);
        _asha = (await _site.PersonAsync()).Id;
        _browser = await _site.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_was_put_is_developed_anew_and_its_first_bytes_go()
    {
        var id = await PutAsync(Photos.Of(seed: 3));
        var seen = await ConfirmAsync(_browser, id);

        Assert.Equal(HttpStatusCode.OK, seen.Status);
        var item = (await _site.Services.GetRequiredService<MediaStore>().FindAsync(_asha, Json(seen, "id").GetString()!))!;
        Assert.Equal(300, item.Width);
        await _site.DeletedAsync();
        Assert.Equal([item.BlobKey], await KeysAsync());
    }

    [Theory]
    [InlineData("not a picture at all", "NotAPicture")]
    [InlineData("", "Empty")]
    public async Task What_is_no_picture_is_refused_and_thrown_away(string text, string rule)
    {
        var refused = await ConfirmAsync(_browser, await PutAsync(System.Text.Encoding.ASCII.GetBytes(text)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(rule, Json(refused, "rule").GetString());
        await _site.DeletedAsync();
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task Nobody_confirms_what_another_put()
    {
        await _site.PersonAsync("ben@example.org");
        var ben = await _site.SignInAsync("ben@example.org");
        var id = await PutAsync(Photos.Of());

        Assert.Equal(HttpStatusCode.NotFound, (await ConfirmAsync(ben, id)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ConfirmAsync(_browser, "../etc")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(_browser, id)).Status);
    }

    [Fact]
    public async Task What_nobody_confirms_is_found_at_night()
    {
        await PutAsync(Photos.Of());
        _site.Clock.Advance(TimeSpan.FromHours(25));

        var report = await _site.Services.GetRequiredService<Inventory>().CheckAsync(default);
        await _site.DeletedAsync();

        Assert.Equal(1, report.Orphans);
        Assert.Empty(await KeysAsync());
    }

    private async Task<string> PutAsync(byte[] bytes)
    {
        var place = await _browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/media/uploads"));
        using var client = new HttpClient();
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(Json(place, "type").GetString()!);
        Assert.True((await client.PutAsync(Json(place, "address").GetString(), content)).IsSuccessStatusCode);
        return Json(place, "id").GetString()!;
    }

    private static Task<Answer> ConfirmAsync(PlainBrowser browser, string id) => browser.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"/api/media/uploads/{Uri.EscapeDataString(id)}")
        {
            Content = JsonContent.Create(new { purpose = "Person" }),
        });

    private static JsonElement Json(Answer answer, string name) => JsonDocument.Parse(answer.Text).RootElement.GetProperty(name);

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var blob in _site.Services.GetRequiredService<IBlobStore>().ListAsync("", default))
            keys.Add(blob.Key);
        return keys;
    }
}
