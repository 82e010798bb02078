using System.Globalization;
using System.Text;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Capitals of five by seven dots, so that a card can say what it is without any font installed.</summary>
internal static class PixelFont
{
    internal const int Advance = 6;
    internal const int LineHeight = 9;
    private const int Columns = 5;
    private const int Rows = 7;
    private const int SizeMax = 8;
    private const int LettersMax = 400;

    /// <summary>From the space to the underscore; a byte a column, its lowest bit on top.</summary>
    private const string Shapes =
        "0000000000 00005F0000 0007000700 147F147F14 242A7F2A12 2313086462 3649562050 0008070300 001C224100 0041221C00 "
        + "2A1C7F1C2A 08083E0808 0080703000 0808080808 0000606000 2010080402 3E5149453E 00427F4000 7249494946 2141494D33 "
        + "1814127F10 2745454539 3C4A494931 4121110907 3649494936 464949291E 0000140000 0040340000 0008142241 1414141414 "
        + "0041221408 0201590906 3E415D594E 7C1211127C 7F49494936 3E41414122 7F4141413E 7F49494941 7F09090901 3E41415173 "
        + "7F0808087F 00417F4100 2040413F01 7F08142241 7F40404040 7F021C027F 7F0408107F 3E4141413E 7F09090906 3E4151215E "
        + "7F09192946 2649494932 03017F0103 3F4040403F 1F2040201F 3F4038403F 6314081463 0304780403 6159494D43 007F414141 "
        + "0204081020 004141417F 0402010204 4040404040";

    private static readonly byte[][] Letters = [.. Shapes.Split(' ').Select(Convert.FromHexString)];
    private static readonly byte[] Other = [0x7F, 0x41, 0x41, 0x41, 0x7F];

    internal static IEnumerable<(int X, int Y)> Dots(char letter)
    {
        var shape = letter - ' ' is var index and >= 0 && index < Letters.Length ? Letters[index] : Other;
        return Enumerable.Range(0, Columns).SelectMany(x => Enumerable.Range(0, Rows).Where(y => (shape[x] >> y & 1) == 1).Select(y => (x, y)));
    }

    internal static (IReadOnlyList<string> Lines, int Size) Fit(string text, int width, int height)
    {
        var words = Plain(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var size = SizeMax; ; size--)
        {
            var lines = Wrap(words, Math.Max(width / (Advance * size), 1));
            if (size == 1 || lines.Count * LineHeight * size <= height)
                return (lines, size);
        }
    }

    /// <summary>Without accents and in capitals; letters that have no shape here stay what they are.</summary>
    private static string Plain(string text)
    {
        var cut = text.Length > LettersMax ? text[..LettersMax] : text;
        var bare = cut.Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Select(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) ? ' ' : char.ToUpperInvariant(letter));
        return new string([.. bare]);
    }

    private static List<string> Wrap(IEnumerable<string> words, int lettersMax)
    {
        var lines = new List<string>();
        foreach (var word in words.SelectMany(word => word.Chunk(lettersMax)).Select(piece => new string(piece)))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= lettersMax)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }

        return lines;
    }
}
