using System.Text;

namespace Dressora.Web.Identity;

/// <summary>A name that somebody typed, as text that can be kept and shown on one line.</summary>
public static class Label
{
    /// <summary>Without what nobody sees and what turns the line around; broken letters become the sign for such.</summary>
    public static string Tidy(string? typed, int max)
    {
        var text = new StringBuilder();
        foreach (var letter in (typed ?? "").Trim().EnumerateRunes())
        {
            if (text.Length + letter.Utf16SequenceLength > max)
                break;
            if (!Rune.IsControl(letter) && !TurnsTheLine(letter.Value))
                text.Append(letter);
        }

        return text.ToString().TrimEnd();
    }

    private static bool TurnsTheLine(int letter) => letter is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
