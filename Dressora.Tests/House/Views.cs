using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Dressora.Tests.House;

/// <summary>Finds in views what the content policy would refuse and what no translator could reach.</summary>
internal static partial class Views
{
    private const string Localize = "Say it through the localizer: @T[\"…\"].";
    private static readonly string[] Read = ["title", "alt", "aria-label", "aria-description", "placeholder", "label", "hint", "summary"];

    /// <summary>The same in every language: names, and a subject as the audit list keeps it.</summary>
    private static readonly string[] Names = ["Dressora", "UTC", "person 118"];

    internal static IEnumerable<Finding> CheckTexts(SourceTree tree) => tree.Views.SelectMany(file =>
    {
        var razor = RazorText.Read(file.Text);
        var document = Parse(razor.Markup);
        return Texts(file, document).Concat(Attributes(file, document)).Concat(Literals(file, razor.Code));
    });

    internal static IEnumerable<Finding> CheckInline(SourceTree tree) => tree.Views.SelectMany(file =>
        Parse(RazorText.Read(file.Text).Markup).All.SelectMany(element => Inline(element).Select(what =>
            file.At(LineOf(element), what, "Styles live in wwwroot-src/css, behaviour in wwwroot-src/js; the content policy refuses the rest."))));

    internal static IEnumerable<Finding> CheckForms(SourceTree tree) => tree.Views.SelectMany(file =>
        Parse(RazorText.Read(file.Text).Markup).All.SelectMany(element => element switch
        {
            IHtmlFormElement form when !form.HasAttribute("method") || !form.HasAttribute("action") =>
                [file.At(LineOf(form), "a form without method or action.", "It has to work without script.")],
            IHtmlAnchorElement link when !link.HasAttribute("href") =>
                [file.At(LineOf(link), "a link without href.", "It has to work without script; what does something is a button.")],
            _ => Enumerable.Empty<Finding>(),
        }));

    internal static IEnumerable<Finding> CheckRaw(SourceTree tree) => tree.Views.SelectMany(file => file.Lines
        .Select((line, i) => (line, number: i + 1)).Where(pair => pair.line.Contains("Html.Raw(", StringComparison.Ordinal))
        .Select(pair => file.At(pair.number, "Html.Raw.", "Let Razor encode it, or build it from elements.")));

    private static IEnumerable<Finding> Texts(SourceFile file, IDocument document) => document.Descendants<IText>()
        .Where(text => text.ParentElement?.LocalName is not ("code" or "script" or "style") && HasWords(text.Data))
        .Select(text => file.At(LineOf(text.ParentElement!), $"\"{text.Data.Trim()}\".", Localize));

    private static IEnumerable<Finding> Attributes(SourceFile file, IDocument document) => document.All
        .SelectMany(element => element.Attributes.Where(attribute => IsRead(element, attribute.Name) && HasWords(attribute.Value))
            .Select(attribute => file.At(LineOf(element), $"{attribute.Name}=\"{attribute.Value.Trim()}\".", Localize)));

    private static IEnumerable<Finding> Literals(SourceFile file, string code) => Sentence().Matches(code)
        .Select(sentence => file.At(file.LineOf(sentence.Index), $"{sentence.Groups[1].Value}.", Localize));

    private static bool IsRead(IElement element, string attribute) => Read.Contains(attribute)
        || (attribute == "value" && element is IHtmlInputElement { Type: "submit" or "button" })
        || (attribute == "content" && element.GetAttribute("name") == "description");

    private static bool HasWords(string text) =>
        Names.Aggregate(text, (rest, name) => rest.Replace(name, "", StringComparison.Ordinal)).Any(char.IsLetter);

    private static IEnumerable<string> Inline(IElement element)
    {
        foreach (var attribute in element.Attributes)
        {
            if (attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal)
                || attribute.Name.StartsWith("hx-on", StringComparison.Ordinal))
                yield return $"{attribute.Name}=.";
            if (attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
                || attribute.Value.TrimStart().StartsWith("js:", StringComparison.OrdinalIgnoreCase))
                yield return $"{attribute.Name}=\"{attribute.Value}\".";
        }

        if (element is IHtmlStyleElement || (element is IHtmlScriptElement script && !script.HasAttribute("src")))
            yield return $"an inline {element.LocalName}.";
    }

    private static IHtmlDocument Parse(string markup) =>
        new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(markup);

    private static int LineOf(IElement element) => element.SourceReference?.Position.Line ?? 1;

    /// <summary>A text of two words or more that is not the key of a lookup.</summary>
    [GeneratedRegex("(?<!\\[)(?<!\\w)\\$?\"([A-Z][a-z]+ [a-z][^\"]*)\"")]
    private static partial Regex Sentence();
}
