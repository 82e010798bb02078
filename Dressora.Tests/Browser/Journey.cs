using Dressora.Tests.Harness;
using Microsoft.Playwright;

namespace Dressora.Tests.Browser;

/// <summary>
/// One person at one real browser. Errors of scripts and of the content policy are kept: <see cref="DisposeAsync"/>
/// fails the test for them.
/// </summary>
public sealed class Journey : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Journey(Site site, IBrowserContext context, IPage page)
    {
        Site = site;
        _context = context;
        Page = page;
    }

    public Site Site { get; }
    public IPage Page { get; }
    public string Path => new Uri(Page.Url).PathAndQuery;

    /// <summary>What the console said that a person should never cause.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>The site must listen: <c>await Site.ListenAsync()</c>.</summary>
    public static async Task<Journey> BeginAsync(Site site, Sight? sight = null)
    {
        var context = await Chromium.OpenAsync(site.Address, sight ?? Sight.Desk);
        var journey = new Journey(site, context, await context.NewPageAsync());
        journey.Page.PageError += (_, error) => journey._complaints.Add(error);
        journey.Page.Console += (_, message) =>
        {
            // A refused form is an expected answer; Chromium writes it down as an error all the same.
            if (message.Type == "error" && !message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal))
                journey._complaints.Add(message.Text);
        };
        return journey;
    }

    /// <summary>Goes on as whoever is signed in at a plain browser.</summary>
    public Task BecomeAsync(PlainBrowser browser) => _context.AddCookiesAsync(browser.Cookies.Names.Select(name => new Cookie
    {
        Name = name,
        Value = browser.Cookies[name]!,
        Url = Site.Address.ToString(),
    }));

    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>Types into the field with this visible label.</summary>
    public Task TypeAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task CheckAsync(string label) => Page.GetByLabel(label).CheckAsync();

    /// <summary>Presses the button of that name.</summary>
    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    /// <summary>Waits until the page has this first heading.</summary>
    public Task ReadsAsync(string heading) =>
        Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync(heading, new() { Timeout = (float)Sight.Patience.TotalMilliseconds });

    /// <summary>Waits until the text stands anywhere on the page.</summary>
    public Task ShowsAsync(string text) => Assertions.Expect(Page.Locator("body")).ToContainTextAsync(
        text, new() { UseInnerText = true, Timeout = (float)Sight.Patience.TotalMilliseconds });

    public Task ArrivesAsync(string path) => Page.WaitForURLAsync(new Uri(Site.Address, path).ToString());

    /// <summary>A passkey's home that answers by itself, as a phone would after a fingerprint.</summary>
    public Task<Authenticator> PlugInAuthenticatorAsync() => Authenticator.PlugInAsync(Page);

    /// <summary>What axe finds wrong, a line each; nothing when all is well.</summary>
    public Task<IReadOnlyList<string>> FindingsAsync() => Axe.FindAsync(Page);

    public async Task<byte[]> PictureAsync() => await Page.ScreenshotAsync(new() { FullPage = true });

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        if (_complaints.Count > 0)
            throw new InvalidOperationException("The browser complained: " + string.Join(" | ", _complaints));
    }
}
