using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Dressora.Tests.House;

/// <summary>What is wrong with a page as it arrived, in short phrases; nothing when all is well.</summary>
internal static partial class PageRules
{
    internal static IEnumerable<string> Check(IHtmlDocument page) =>
        [.. Bones(page), .. Forms(page), .. Links(page), .. Pictures(page), .. Inline(page)];

    private static IEnumerable<string> Bones(IHtmlDocument page)
    {
        if (page.QuerySelectorAll("h1").Length != 1)
            yield return $"{page.QuerySelectorAll("h1").Length} first headings";
        if (page.QuerySelectorAll("main").Length != 1)
            yield return $"{page.QuerySelectorAll("main").Length} main landmarks";
        if (string.IsNullOrWhiteSpace(page.Title))
            yield return "no title";
        if (string.IsNullOrEmpty(page.DocumentElement.GetAttribute("lang")))
            yield return "no language";
        if (page.QuerySelector("meta[name=viewport]") is null)
            yield return "no viewport";
        if (page.Body?.FirstElementChild is not IHtmlAnchorElement { Hash: "#main" } || page.QuerySelector("main#main") is null)
            yield return "no skip link to the main part";
        foreach (var id in page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1))
            yield return $"{id.Count()} elements called {id.Key}";
    }

    private static IEnumerable<string> Forms(IHtmlDocument page)
    {
        foreach (var form in page.Forms)
        {
            if (!form.HasAttribute("method") || !form.HasAttribute("action"))
                yield return $"a form without method or action: {Short(form)}";
            if (form.GetAttribute("method") == "post" && form.QuerySelector("input[name=__RequestVerificationToken]") is null)
                yield return $"a posting form without its token: {Short(form)}";
            if (form.QuerySelector("button:not([type=button]), input[type=submit]") is null)
                yield return $"a form that nobody can send: {Short(form)}";
        }

        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea"))
        {
            if (field is IHtmlElement { } element && Name(page, element) is null)
                yield return $"a field without a label: {Short(field)}";
        }

        foreach (var button in page.QuerySelectorAll("button").Where(button => button.TextContent.Trim().Length == 0 && !button.HasAttribute("aria-label")))
            yield return $"a button without a name: {Short(button)}";
    }

    private static IEnumerable<string> Links(IHtmlDocument page)
    {
        foreach (var link in page.QuerySelectorAll("a"))
        {
            if (string.IsNullOrEmpty(link.GetAttribute("href")))
                yield return $"a link without href: {Short(link)}";
            if (link.GetAttribute("target") == "_blank" && link.GetAttribute("rel")?.Contains("noopener", StringComparison.Ordinal) != true)
                yield return $"a new window that knows where it came from: {Short(link)}";
        }
    }

    private static IEnumerable<string> Pictures(IHtmlDocument page) => page.QuerySelectorAll("img")
        .Where(img => !img.HasAttribute("alt") || !img.HasAttribute("width") || !img.HasAttribute("height"))
        .Select(img => $"a picture without alt, width or height: {Short(img)}");

    private static IEnumerable<string> Inline(IHtmlDocument page)
    {
        if (page.QuerySelector("style, script:not([src])") is { } inline)
            yield return $"an inline {inline.LocalName}";
        foreach (var element in page.All)
        {
            foreach (var attribute in element.Attributes.Where(one => one.Name == "style" || Handler().IsMatch(one.Name)))
                yield return $"{attribute.Name}= on {Short(element)}";
        }
    }

    private static string? Name(IHtmlDocument page, IHtmlElement field) =>
        field.GetAttribute("aria-label") ?? field.GetAttribute("aria-labelledby")
        ?? field.Closest("label")?.TextContent
        ?? (field.Id is { Length: > 0 } id ? page.QuerySelector($"label[for='{id}']")?.TextContent : null);

    private static string Short(IElement element)
    {
        var html = element.OuterHtml.ReplaceLineEndings(" ");
        return html.Length > 120 ? html[..120] + "…" : html;
    }

    [GeneratedRegex("^(on[a-z]+|hx-on.*)$")]
    private static partial Regex Handler();
}
