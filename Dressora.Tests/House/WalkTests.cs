using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.House;

/// <summary>Walked once, looked at from several sides.</summary>
public sealed class Walked : IAsyncLifetime
{
    private Site _site = null!;
    private Site _new = null!;

    internal Walk House { get; private set; } = null!;
    internal Walk NewHouse { get; private set; } = null!;
    internal Site Site => _site;
    internal IEnumerable<Stop> Stops => House.Stops.Concat(NewHouse.Stops);
    internal IEnumerable<Stop> Pages => Stops.Where(stop => stop.IsPage);

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        House = await Walk.ThroughAsync(_site);
        _new = await Site.StartAsync();
        NewHouse = await Walk.ThroughNewAsync(_new);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _new.DisposeAsync();
    }
}

public sealed class WalkTests(Walked walked) : IClassFixture<Walked>
{
    private static readonly HttpStatusCode[] Expected =
    [
        HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Redirect, HttpStatusCode.SeeOther, HttpStatusCode.NotModified,
        HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.Gone,
    ];

    /// <summary>Rooms that nobody sees by following links alone, with the reason.</summary>
    private static readonly Dictionary<string, string> Unseen = new()
    {
        ["account/with/{provider}"] = "needs a configured company",
        ["account/second-step"] = "opens half way through a sign-in",
        ["studio/try-on/slot"] = "is a piece that only script asks for",
        ["account/sign-in/passkey/{handler?}"] = "answers only what a device sends",
        ["api/jobs/{id}/status"] = "needs a job of one's own",
        ["history/result/{id:long}/{handler?}"] = "leads on to its job",
        ["billing/return/{number}"] = "leads on to its order",
        ["jobs/{id}/claim"] = "needs a job that cost credits",
        ["api/users/{id:long}/credits"] = "opens to the number of whoever asks",
        ["api/users/{id:long}/history"] = "opens to the number of whoever asks",
    };

    [Fact]
    public void Every_address_answers_as_it_should() => Clean.Of(walked.Stops
        .Where(stop => !Expected.Contains(stop.Answer.Status))
        .Select(stop => stop.Finding($"answers {(int)stop.Answer.Status}.", "Answer with a page, a redirect or a plain refusal.")));

    [Fact]
    public void No_link_leads_nowhere()
    {
        var routes = Walk.Routes(walked.Site).Select(Walk.Address).ToHashSet();

        Clean.Of(walked.House.Stops.Where(stop => stop.Answer.Status == HttpStatusCode.NotFound && !routes.Contains(stop.Path))
            .Select(stop => stop.Finding("is linked to and not there.", "Take the link out, or build the room.")));
    }

    [Fact]
    public void Every_room_was_seen_by_somebody()
    {
        var seen = walked.Stops.Where(stop => stop.Answer.Status == HttpStatusCode.OK).Select(stop => stop.Path.Split('?')[0]).ToHashSet();
        var rooms = Walk.Routes(walked.Site).Where(route => !Unseen.ContainsKey(route.RawText!.TrimStart('/')));

        Assert.Empty(rooms.Where(route => !seen.Any(path => Matches(route.RawText!, path))).Select(route => route.RawText));
    }

    [Fact]
    public void Strangers_and_people_see_nothing_of_the_admins_rooms()
    {
        var inside = walked.House.Stops.Where(stop => stop.Path.StartsWith("/admin", StringComparison.Ordinal)).ToList();

        Assert.Contains(inside, stop => stop is { Who: Visitor.Admin, IsPage: true });
        Assert.DoesNotContain(inside, stop => stop is { Who: not Visitor.Admin, IsPage: true });
    }

    [Fact]
    public void Every_page_is_well_built() => Clean.Of(walked.Pages.SelectMany(stop =>
        PageRules.Check(stop.Answer.Document).Select(what => stop.Finding($"{what}.", "See UI.md, every page."))));

    [Fact]
    public void Every_answer_says_the_safe_things() => Clean.Of(walked.Stops.SelectMany(stop =>
        HeaderRules.Check(stop).Select(what => stop.Finding($"{what}.", "Shell/SecurityHeaders writes them on everything."))));

    [Fact]
    public async Task Every_page_is_light()
    {
        var findings = new List<Finding>();
        foreach (var stop in walked.House.Pages)
        {
            var weights = await Weights.OfAsync(walked.House.Browsers[stop.Who], stop.Path);
            findings.AddRange(weights.Excess().Select(what => stop.Finding($"{what}.", "See the budgets of UI.md.")));
        }

        Clean.Of(findings);
    }

    private static bool Matches(string pattern, string path)
    {
        var wanted = pattern.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var given = path.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return given.Length <= wanted.Length
            && wanted.Select((part, i) => i < given.Length ? part.StartsWith('{') || part == given[i] : part.EndsWith("?}", StringComparison.Ordinal)).All(fits => fits);
    }
}
