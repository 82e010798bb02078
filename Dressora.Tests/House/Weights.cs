using Dressora.Tests.Harness;

namespace Dressora.Tests.House;

/// <summary>How heavy a cold page is on the wire, pictures apart, against the budgets.</summary>
internal sealed record Weights(int Html, int Css, int Js, int Requests)
{
    internal const int HtmlMax = 14 * 1024;
    internal const int CssMax = 8 * 1024;
    internal const int JsMax = 20 * 1024;
    internal const int AllMax = 42 * 1024;
    internal const int RequestsMax = 4;

    internal static async Task<Weights> OfAsync(PlainBrowser browser, string path)
    {
        var page = (await browser.GetAsync(path)).Document;
        var css = page.QuerySelectorAll("link[rel~=stylesheet]").Select(link => link.GetAttribute("href")!).ToList();
        var js = page.QuerySelectorAll("script[src], link[rel=modulepreload]").Select(script => script.GetAttribute("src") ?? script.GetAttribute("href")!).ToList();
        var rest = page.QuerySelectorAll("link[rel~=icon], link[rel=preload]").Length;
        return new Weights(
            await SizeAsync(browser, path), await SizeAsync(browser, css), await SizeAsync(browser, js), 1 + css.Count + js.Count + rest);
    }

    internal IEnumerable<string> Excess()
    {
        if (Html > HtmlMax)
            yield return $"{Html} bytes of HTML, {HtmlMax} at most";
        if (Css > CssMax)
            yield return $"{Css} bytes of CSS, {CssMax} at most";
        if (Js > JsMax)
            yield return $"{Js} bytes of script, {JsMax} at most";
        if (Html + Css + Js > AllMax)
            yield return $"{Html + Css + Js} bytes in all, {AllMax} at most";
        if (Requests > RequestsMax)
            yield return $"{Requests} requests, {RequestsMax} at most";
    }

    private static async Task<int> SizeAsync(PlainBrowser browser, IEnumerable<string> paths)
    {
        var sum = 0;
        foreach (var path in paths)
            sum += await SizeAsync(browser, path);
        return sum;
    }

    private static async Task<int> SizeAsync(PlainBrowser browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "gzip, br");
        return (await browser.SendAsync(request)).Body.Length;
    }
}
