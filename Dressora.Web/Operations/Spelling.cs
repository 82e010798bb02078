namespace Dressora.Web.Operations;

/// <summary>Finds what somebody meant to type.</summary>
internal static class Spelling
{
    /// <summary>The closest of the known words, when it is close enough to be meant; null otherwise.</summary>
    internal static string? Closest(string typed, IEnumerable<string> known)
    {
        var best = known.Select(word => (Word: word, Slips: Slips(typed, word))).OrderBy(found => found.Slips).FirstOrDefault();
        return best.Word is not null && best.Slips <= SlipsMax(best.Word) ? best.Word : null;
    }

    private static int SlipsMax(string word) => word.Length switch
    {
        <= 4 => 1,
        <= 12 => 2,
        _ => 3,
    };

    /// <summary>Letters wrong, missing, too many or swapped with their neighbour (optimal string alignment).</summary>
    private static int Slips(string typed, string word)
    {
        var (a, b) = (typed.ToUpperInvariant(), word.ToUpperInvariant());
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                cost[i, j] = i == 0 ? j : j == 0 ? i : Cheapest(cost, a, b, i, j);
        }

        return cost[a.Length, b.Length];
    }

    private static int Cheapest(int[,] cost, string a, string b, int i, int j)
    {
        var same = a[i - 1] == b[j - 1] ? 0 : 1;
        var least = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + same);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
    }
}
