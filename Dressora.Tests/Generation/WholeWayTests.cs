using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>One try-on, from a program's request to the receipt that a person reads.</summary>
public sealed class WholeWayTests
{
    [Fact]
    public async Task A_try_on_asked_for_over_the_wire_shows_a_preview_then_a_final_and_a_receipt()
    {
        await using var shop = await Workshop.OpenRealAsync();
        using var client = shop.Site.NewBrowser();
        var key = ((KeyMade.Made)await shop.Site.Services.GetRequiredService<ApiKeys>()
            .MakeAsync(shop.UserId, "a test", KeyScopes.All, null, null)).Text;
        var order = new JsonObject
        {
            ["module"] = "try-on", ["clientJobId"] = "whole", ["person"] = shop.Person, ["garment"] = shop.Garment, ["category"] = "top",
            ["scenario"] = "ok preview=1 final=6",
        };
        var created = await SendAsync(client, HttpMethod.Post, "/api/jobs/create", key, order.ToJsonString());
        Assert.Equal(HttpStatusCode.Accepted, created.Status);
        var job = await shop.FindAsync((string)Body(created)["id"]!);
        var address = (string)Body(created)["statusAddress"]!;

        await shop.LeapAsync(job, now => now.PreviewId is not null, leap: 0.25);
        var early = Body(await SendAsync(client, HttpMethod.Get, address, key));
        await shop.LeapAsync(job, now => now.IsOver);
        var end = Body(await SendAsync(client, HttpMethod.Get, address, key));

        Assert.Equal(("working", "Previewed", 20), ((string)early["status"]!, (string)early["stage"]!, (int)early["held"]!));
        Assert.Empty(early["finals"]!.AsArray());
        Assert.Equal(("done", 20), ((string)end["status"]!, (int)end["charged"]!));
        using var person = await shop.Site.SignInAsync();
        foreach (var picture in new[] { (string)early["preview"]!, (string)end["finals"]![0]! })
            Assert.Equal(HttpStatusCode.OK, (await person.GetAsync(picture)).Status);
        Assert.Contains("Cost20 credits", (await person.GetAsync((string)end["receipt"]!)).TextOf(".receipt"), StringComparison.Ordinal);
        await shop.EnsureBooksAsync();
    }

    private static async Task<Answer> SendAsync(PlainBrowser client, HttpMethod method, string path, string key, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }

    private static JsonNode Body(Answer answer) => JsonNode.Parse(answer.Text)!;
}
