using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Api;

/// <summary>The same abilities for programs, with a key.</summary>
public sealed class JobEndpointTests : IAsyncLifetime
{
    private Workshop _shop = null!;
    private PlainBrowser _client = null!;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync();
        _client = _shop.Site.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_program_asks_follows_and_fetches()
    {
        var key = await KeyAsync();
        var created = await PostAsync("/api/jobs/create", key, Order("one"));
        Assert.Equal(HttpStatusCode.Accepted, created.Status);
        var id = (string)Body(created)["id"]!;
        Assert.Equal(("Queued", 20), ((string)Body(created)["status"]!, (int)Body(created)["held"]!));

        await _shop.UntilAsync(id, job => job.IsOver);

        var status = await GetAsync($"/api/jobs/{id}/status", key);
        var body = Body(status);
        Assert.Equal(("done", 20), ((string)body["status"]!, (int)body["charged"]!));
        Assert.Single(body["finals"]!.AsArray());
        var unchanged = await GetAsync($"/api/jobs/{id}/status", key, status.Header("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.Status);
        Assert.Equal(id, (string)Body(await GetAsync("/api/jobs", key))["jobs"]![0]!["id"]!);
        Assert.Equal(980, (int)Body(await GetAsync($"/api/users/{_shop.UserId}/credits", key))["available"]!);
        Assert.Equal(id, (string)Body(await GetAsync($"/api/users/{_shop.UserId}/history", key))["results"]![0]!["jobId"]!);
        Assert.Equal("asha@example.org", (string)Body(await GetAsync("/api/users/me", key))["email"]!);
    }

    [Fact]
    public async Task Asked_twice_it_is_one_job_and_asked_otherwise_a_conflict()
    {
        var key = await KeyAsync();
        var first = await PostAsync("/api/jobs/create", key, Order("one"));
        var again = await PostAsync("/api/jobs/create", key, Order("one"));
        var other = await PostAsync("/api/jobs/create", key, Order("one", category: "bottom"));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.Conflict), (first.Status, again.Status, other.Status));
        Assert.Equal((string)Body(first)["id"]!, (string)Body(again)["id"]!);
        Assert.Equal("other_content", (string)Body(other)["code"]!);
        Assert.Equal(980, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_its_word()
    {
        var key = await KeyAsync();
        var poor = await _shop.JoinAsync("ravi@example.org", 3);
        var poorKey = await KeyAsync(poor.Id);

        var short_ = await PostAsync("/api/jobs/create", poorKey, Order("one", poor.Person, poor.Garment));
        Assert.Equal((HttpStatusCode.PaymentRequired, "not_enough_credits"), (short_.Status, (string)Body(short_)["code"]!));
        var foreign = await PostAsync("/api/jobs/create", poorKey, Order("one"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.Status);
        var unknown = await PostAsync("/api/jobs/create", key, """{"module":"flying","clientJobId":"x"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("/api/jobs/create", key, "not json")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("/api/jobs/create", key, Order(new string('x', 65)))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/api/jobs/0123456789abcdef0123456789abcdef/status", key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/api/users/{poor.Id}/credits", key)).Status);
        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_key_or_with_one_that_ended_or_expired()
    {
        var keys = _shop.Site.Services.GetRequiredService<ApiKeys>();
        var ended = Assert.IsType<KeyMade.Made>(await keys.MakeAsync(_shop.UserId, "old", KeyScopes.All, null, null));
        await keys.EndAsync(_shop.UserId, ended.Key.Id);
        var short_ = Assert.IsType<KeyMade.Made>(await keys.MakeAsync(
            _shop.UserId, "brief", KeyScopes.All, null, _shop.Site.Clock.GetUtcNow() + TimeSpan.FromDays(1)));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/users/me", short_.Text)).Status);
        _shop.Site.Clock.Advance(TimeSpan.FromDays(1));

        foreach (var text in new[] { "", "dk_wrong", ended.Text, short_.Text })
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/users/me", text)).Status);
    }

    [Fact]
    public async Task A_key_does_only_what_it_is_for_and_spends_no_more_than_it_may()
    {
        var looks = await KeyAsync(scopes: KeyScopes.Credits);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("/api/jobs/create", looks, Order("one"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync($"/api/users/{_shop.UserId}/history", looks)).Status);
        var small = await KeyAsync(spendMax: 30);

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/jobs/create", small, Order("one"))).Status);
        var second = await PostAsync("/api/jobs/create", small, Order("two"));
        Assert.Equal((HttpStatusCode.PaymentRequired, "key_spent"), (second.Status, (string)Body(second)["code"]!));

        _shop.Site.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/jobs/create", small, Order("three"))).Status);
    }

    [Fact]
    public async Task What_is_called_off_costs_nothing_and_only_once()
    {
        var key = await KeyAsync();
        _shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var id = (string)Body(await PostAsync("/api/jobs/create", key, Order("one")))["id"]!;

        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync($"/api/jobs/{id}/cancel", key, "{}")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync($"/api/jobs/{id}/cancel", key, "{}")).Status);
        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Pictures_come_along_in_a_form_once_their_sender_has_said_whose_they_are()
    {
        var key = await KeyAsync();

        var unsaid = await PostFormAsync(key, states: false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.Status);
        Assert.NotNull(Body(unsaid)["errors"]!["states"]);
        var said = await PostFormAsync(key, states: true);
        Assert.Equal(HttpStatusCode.Accepted, said.Status);
        Assert.Equal(HttpStatusCode.OK, (await PostFormAsync(key, states: false)).Status);
    }

    private async Task<Answer> PostFormAsync(string key, bool states)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("try-on"), "module" }, { new StringContent("by form"), "clientJobId" }, { new StringContent("top"), "category" },
            { new ByteArrayContent(Photos.Of(seed: 7)), "person", "me.jpg" }, { new ByteArrayContent(Photos.Of(seed: 8)), "garment", "shirt.jpg" },
        };
        if (states)
            form.Add(new StringContent("true"), "states");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs/create") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await _client.SendAsync(request);
    }

    private string Order(string client, string? person = null, string? garment = null, string category = "top") => new JsonObject
    {
        ["module"] = "try-on",
        ["clientJobId"] = client,
        ["person"] = person ?? _shop.Person,
        ["garment"] = garment ?? _shop.Garment,
        ["category"] = category,
    }.ToJsonString();

    private async Task<string> KeyAsync(long? userId = null, KeyScopes scopes = KeyScopes.All, long? spendMax = null) =>
        Assert.IsType<KeyMade.Made>(await _shop.Site.Services.GetRequiredService<ApiKeys>()
            .MakeAsync(userId ?? _shop.UserId, "a test", scopes, spendMax, null)).Text;

    private async Task<Answer> PostAsync(string path, string key, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await _client.SendAsync(request);
    }

    private async Task<Answer> GetAsync(string path, string key, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await _client.SendAsync(request);
    }

    private static JsonNode Body(Answer answer) => JsonNode.Parse(answer.Text)!;
}
