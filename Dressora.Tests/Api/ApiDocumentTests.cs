using System.Net;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Api;

public sealed class ApiDocumentTests(SharedSite shared) : IClassFixture<SharedSite>
{
    [Fact]
    public async Task Every_room_for_programs_is_described_and_no_other()
    {
        using var browser = shared.Site.NewBrowser();
        var answer = await browser.GetAsync("/api/openapi.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var described = JsonNode.Parse(answer.Text)!["paths"]!.AsObject().Select(path => path.Key).ToHashSet();

        var rooms = shared.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace(":long", "", StringComparison.Ordinal))
            .Where(path => path.StartsWith("/api/", StringComparison.Ordinal) && !path.EndsWith("openapi.json", StringComparison.Ordinal))
            .ToHashSet();

        Assert.NotEmpty(rooms);
        Assert.Equal(rooms.Order(), described.Order());
    }

    [Fact]
    public async Task A_program_reads_how_to_prove_itself_and_what_a_refusal_looks_like()
    {
        using var browser = shared.Site.NewBrowser();
        var document = JsonNode.Parse((await browser.GetAsync("/api/openapi.json")).Text)!;

        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["key"]!["scheme"]!);
        var create = document["paths"]!["/api/jobs/create"]!["post"]!;
        Assert.NotNull(create["requestBody"]!["content"]!["application/json"]);
        Assert.NotNull(create["responses"]!["402"]);
    }
}
