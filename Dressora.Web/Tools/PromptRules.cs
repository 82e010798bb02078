using System.Text.RegularExpressions;

namespace Dressora.Web.Tools;

/// <summary>
/// What is not made here, whoever asks and whatever a maker would do: nobody is undressed, nobody young is dressed up, and
/// nobody is shown who did not agree. Judged before any money; a maker's own rules come on top.
/// </summary>
public static partial class PromptRules
{
    /// <summary>The sentence that says why not, or null.</summary>
    public static string? Refuse(string prompt)
    {
        var text = Plain(prompt);
        if (Undressing().IsMatch(text))
            return "Nobody is undressed here. Describe an outfit.";
        if (Young().IsMatch(text) && Revealing().IsMatch(text))
            return "Children and teenagers are not shown like this here.";
        return WithoutConsent().IsMatch(text) ? "Only people who agreed are shown here." : null;
    }

    /// <summary>Letters that look alike are the same letter, and what stands between letters hides no word.</summary>
    private static string Plain(string prompt)
    {
        var text = prompt.Normalize(System.Text.NormalizationForm.FormKD).ToLowerInvariant()
            .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('@', 'a').Replace('$', 's');
        return Marks().Replace(text, "");
    }

    [GeneratedRegex(@"\p{Mn}|[\u200b-\u200f\u2060\ufeff*_.\-](?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(
        @"\b(nudes?|naked|undress\w*|unclothed|topless|bottomless|nsfw|porn\w*|strip(s|ped|ping)? (her|him|them|off|down|naked)"
        + @"|(without|no|remov\w*|take off|taking off|rip\w* off|see through) (\w+ ){0,2}(clothes|clothing|dress|shirt|bra|underwear|panties|pants|bikini)"
        + @"|nackt|entkleid\w*|desnud\w*|раздет\w*|раздень\w*|гол(ая|ый|ую)|обнаж\w*|नग्न|नंगा|नंगी)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Undressing();

    [GeneratedRegex(
        @"\b(child|children|kid|kids|minor|minors|teen|teens|teenager|schoolgirl|schoolboy|toddler|baby|under ?age|preteen|loli|shota"
        + @"|(1?\d)( |-)?(years?|yrs?|yo|y/o)( |-)?(old)?|ребен\w*|ребён\w*|девочк\w*|мальчик\w*|बच्च\w*)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Young();

    [GeneratedRegex(
        @"\b(sexy|lingerie|bikini|swimsuit|underwear|panties|bra|thong|seductive|erotic|revealing|sheer|see.?through|бикини|белье|бельё|секс\w*)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Revealing();

    [GeneratedRegex(@"\b(without (her|his|their) (consent|knowledge|permission)|secretly|spy ?cam|upskirt|revenge)\b", RegexOptions.CultureInvariant)]
    private static partial Regex WithoutConsent();
}
