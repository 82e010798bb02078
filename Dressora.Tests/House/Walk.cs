using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Dressora.Web.Payments;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.House;

internal enum Visitor
{
    Stranger,
    Person,
    Admin,
}

/// <summary>Somebody stood before an address and got an answer.</summary>
internal sealed record Stop(Visitor Who, string Path, Answer Answer)
{
    internal bool IsPage => (int)Answer.Status == 200 && Answer.ContentType == "text/html";

    internal Finding Finding(string what, string remedy) => new($"{Path} as {Who}", 0, what, remedy);
}

/// <summary>
/// Goes everywhere a house leads: to every route with something put for its parameters, and along every link from there.
/// A page that is added tomorrow is walked tomorrow, without a line here.
/// </summary>
internal sealed class Walk
{
    private const int StopsMax = 400;

    private readonly Site _site;
    private readonly List<Stop> _stops = [];

    private Walk(Site site) => _site = site;

    internal IReadOnlyList<Stop> Stops => _stops;
    internal IEnumerable<Stop> Pages => _stops.Where(stop => stop.IsPage);
    internal IReadOnlyDictionary<Visitor, PlainBrowser> Browsers { get; private set; } = new Dictionary<Visitor, PlainBrowser>();

    /// <summary>A house in which an owner, an admin and a person live.</summary>
    internal static async Task<Walk> ThroughAsync(Site site)
    {
        var walk = new Walk(site);
        await site.PersonAsync("owner@example.org", Role.Owner);
        var asha = await site.PersonAsync("asha@example.org");
        await site.PhotoAsync(asha.Id);
        await site.PhotoAsync(asha.Id, 2, Purpose.Garment);
        await ShowAsync(site, asha.Id);
        await SellAsync(site, asha.Id);
        foreach (var state in new[] { JobState.Queued, JobState.Working, JobState.Failed })
            await site.JobAsync(asha.Id, state);
        walk.Browsers = new Dictionary<Visitor, PlainBrowser>
        {
            [Visitor.Stranger] = site.NewBrowser(),
            [Visitor.Person] = await site.SignInAsync("asha@example.org"),
            [Visitor.Admin] = await site.AdminAsync(),
        };
        await Letters(walk.Browsers[Visitor.Stranger]);
        foreach (var who in Enum.GetValues<Visitor>())
            await walk.GoAsync(who);
        return walk;
    }

    /// <summary>A house in which nobody lives yet.</summary>
    internal static async Task<Walk> ThroughNewAsync(Site site)
    {
        var walk = new Walk(site) { Browsers = new Dictionary<Visitor, PlainBrowser> { [Visitor.Stranger] = site.NewBrowser() } };
        await walk.GoAsync(Visitor.Stranger);
        return walk;
    }

    /// <summary>Every route that answers GET, with what its address looks like.</summary>
    internal static IEnumerable<RoutePattern> Routes(Site site) => site.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET"))
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page || !page.ViewEnginePath.StartsWith("/Errors", StringComparison.Ordinal))
        .Select(endpoint => endpoint.RoutePattern);

    internal static string Address(RoutePattern route) => "/" + string.Join('/', route.PathSegments
        .Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { IsOptional: true } => "",
            RoutePatternParameterPart => "1",
            _ => "",
        }))).Where(segment => segment.Length > 0));

    /// <summary>Something made, shown to others, and reported by one of them.</summary>
    private static async Task ShowAsync(Site site, long userId)
    {
        var (shares, result) = (site.Services.GetRequiredService<Shares>(), await site.ResultAsync(userId));
        var made = (ShareOutcome.Made)await shares.MakeAsync(userId, result.Id, 7);
        var shown = await shares.FindAsync(made.Share.Token);
        await site.Services.GetRequiredService<Reports>().FileAsync(shown!.AsReported, ReportReason.Other, "");
    }

    /// <summary>Credits bought and half of them refunded, a plan, and an order nobody paid yet.</summary>
    private static async Task SellAsync(Site site, long userId)
    {
        var (checkout, desk, inbox) = (
            site.Services.GetRequiredService<Checkout>(), site.Services.GetRequiredService<DemoDesk>(), site.Services.GetRequiredService<Inbox>());
        var plan = (await site.Services.GetRequiredService<Catalogue>().PlansAsync())[0];
        foreach (var (purchase, acts) in new (Purchase?, DemoAct[])[]
        {
            (await checkout.CreditsAsync(userId, "walk-1", 1_000, "USD", ""), [DemoAct.Pay, DemoAct.RefundHalf]),
            (await checkout.PlanAsync(userId, "walk-2", plan.Id), [DemoAct.Pay]),
            (await checkout.CreditsAsync(userId, "walk-3", 500, "INR", ""), []),
        })
        {
            var order = (await checkout.PlaceAsync(purchase!, "demo"))!;
            await checkout.BeginAsync(order, "asha@example.org", default);
            foreach (var act in acts)
            {
                await desk.DoAsync((await desk.FindAsync(order.Number, userId, default))!, act, default);
                while (await inbox.WorkNextAsync(default))
                {
                }
            }
        }
    }

    private static async Task Letters(PlainBrowser stranger)
    {
        var page = await stranger.GetAsync("/account/reset");
        await stranger.SubmitAsync(page, "main form", new { Email = "asha@example.org" });
    }

    private async Task GoAsync(Visitor who)
    {
        var ahead = new Queue<string>(Routes(_site).Select(Address).Distinct());
        var seen = new HashSet<string>(ahead, StringComparer.Ordinal);
        while (ahead.TryDequeue(out var path) && seen.Count < StopsMax)
        {
            var stop = new Stop(who, path, await Browsers[who].GetAsync(path));
            _stops.Add(stop);
            foreach (var next in Links(stop).Where(seen.Add))
                ahead.Enqueue(next);
        }
    }

    private IEnumerable<string> Links(Stop stop)
    {
        if (stop.Answer.Location is { } location && location.StartsWith('/'))
            return [location];
        if (!stop.IsPage)
            return [];
        return stop.Answer.Document.QuerySelectorAll("a[href], link[href], script[src], img[src]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
            .Select(link => new Uri(stop.Answer.Address, link))
            .Where(link => link.Authority == _site.Address.Authority)
            .Select(link => link.PathAndQuery);
    }
}
