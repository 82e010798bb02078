using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Dressora.Tests.House;

/// <summary>Finds what a person would read in English whatever language they chose.</summary>
internal static partial class UnmarkedText
{
    private static readonly string[] Read = ["title", "alt", "aria-label", "placeholder"];

    internal static IEnumerable<string> Find(IHtmlDocument page, IReadOnlyCollection<string> data)
    {
        var depth = 0;
        foreach (var text in page.Descendants<IText>())
        {
            var unmarked = Outside(text.Data, ref depth);
            if (IsShown(text.ParentElement) && Rest(unmarked, data) is { Length: > 0 } rest)
                yield return $"\"{rest}\" in {text.ParentElement!.LocalName}";
        }

        foreach (var element in page.All)
        {
            foreach (var attribute in element.Attributes.Where(one => Read.Contains(one.Name)))
            {
                var inside = 0;
                if (Rest(Outside(attribute.Value, ref inside), data) is { Length: > 0 } rest)
                    yield return $"\"{rest}\" as {attribute.Name} of {element.LocalName}";
            }
        }
    }

    /// <summary>What stands between no marks; a sentence may begin in one text and end in another, with a link between.</summary>
    private static string Outside(string text, ref int depth)
    {
        var outside = new StringBuilder();
        foreach (var letter in text)
        {
            depth += letter == MarkedWords.Open ? 1 : letter == MarkedWords.Close ? -1 : 0;
            if (depth == 0 && letter != MarkedWords.Close)
                outside.Append(letter);
        }

        return outside.ToString();
    }

    /// <summary>What remains when the house's data, numbers and dates are taken out.</summary>
    private static string Rest(string text, IReadOnlyCollection<string> data)
    {
        var rest = Dates().Replace(References().Replace(text, ""), "");
        rest = data.OrderByDescending(word => word.Length).Aggregate(rest, (left, word) => left.Replace(word, "", StringComparison.OrdinalIgnoreCase));
        return rest.Any(char.IsLetter) ? rest.Trim() : "";
    }

    private static bool IsShown(IElement? parent) =>
        parent?.LocalName is not (null or "script" or "style" or "code" or "pre" or "time") && parent.Closest("svg, [translate=no], [lang]:not(html)") is null;

    /// <summary>Numbers of movements, as the books write them.</summary>
    [GeneratedRegex(@"\b[a-z]+(:[\w-]+)+")]
    private static partial Regex References();

    /// <summary>A culture writes them: names of months, halves of the day, times and their zones.</summary>
    [GeneratedRegex(@"\b(AM|PM|Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|Jun\w*|Jul\w*|Aug\w*|Sep\w*|Oct\w*|Nov\w*|Dec\w*)\b")]
    private static partial Regex Dates();
}
