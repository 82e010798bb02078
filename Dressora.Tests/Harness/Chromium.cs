using Microsoft.Playwright;

namespace Dressora.Tests.Harness;

/// <summary>One Chromium a run. Each page gets a context, and so cookies and storage, of its own.</summary>
internal sealed class Chromium
{
    internal static readonly string[] Programs =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private static readonly Lazy<Task<IBrowser>> Running = new(() => Task.Run(StartAsync));

    internal static async Task<IBrowserContext> OpenAsync(Uri site, Sight sight)
    {
        var browser = await Running.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.GetLeftPart(UriPartial.Authority),
            JavaScriptEnabled = sight.Script,
            ViewportSize = new ViewportSize { Width = sight.Width, Height = sight.Height },
            ColorScheme = sight.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = sight.Language,
            BypassCSP = false,
        });
        context.SetDefaultTimeout((float)Sight.Patience.TotalMilliseconds);
        return context;
    }

    private static async Task<IBrowser> StartAsync()
    {
        var program = Programs.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium on this machine: apt-get install chromium (or leave out needs=browser).");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
    }
}

/// <summary>How a person looks at the site.</summary>
public sealed record Sight(int Width = 1280, bool Dark = false, bool Script = true, string Language = "en")
{
    public static readonly Sight Desk = new();
    public static readonly Sight Phone = new(360);
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public int Height => Width < 600 ? 740 : 900;

    public override string ToString() => $"{Width} px, {(Dark ? "dark" : "light")}, script {(Script ? "on" : "off")}";
}
