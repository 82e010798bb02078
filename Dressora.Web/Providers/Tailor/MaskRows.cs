namespace Dressora.Web.Providers.Tailor;

/// <summary>What the rows of a cut-out tell.</summary>
internal static class MaskRows
{
    internal static float NeckMiddle(bool[] mask, int width, int top, int tall)
    {
        var middles = new List<float>();
        for (var y = top + 2; y < top + (tall / 10); y++)
        {
            var row = mask.AsSpan(y * width, width);
            if (row.Contains(true))
                middles.Add((row.IndexOf(true) + row.LastIndexOf(true)) / 2f);
        }

        return middles.Count == 0 ? width / 2f : middles.Average();
    }

    internal static int FirstRow(bool[] mask, int width, IEnumerable<int> rows) =>
        rows.FirstOrDefault(y => mask.AsSpan(y * width, width).Count(true) > 8);

    internal static float MiddleOf(bool[] mask, int width, int top, int bottom)
    {
        var (sum, count) = (0L, 0);
        for (var y = top + ((bottom - top) / 2); y <= bottom; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (mask[(y * width) + x])
                    (sum, count) = (sum + x, count + 1);
            }
        }

        return count == 0 ? width / 2f : sum / (float)count;
    }

    internal static (float Left, float Right) RunAround(bool[] mask, int width, int y, int middle)
    {
        var row = mask.AsSpan(y * width, width);
        var start = -1;
        for (var reach = 0; reach < width && start < 0; reach++)
        {
            if (middle - reach >= 0 && row[middle - reach])
                start = middle - reach;
            else if (middle + reach < width && row[middle + reach])
                start = middle + reach;
        }

        if (start < 0)
            return (middle, middle);
        var (left, right) = (start, start);
        while (left > 0 && row[left - 1])
            left--;
        while (right < width - 1 && row[right + 1])
            right++;
        return (left, right);
    }
}
