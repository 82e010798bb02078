namespace Dressora.Web.Providers.Tailor;

/// <summary>Connected places of a yes-or-no picture.</summary>
internal static class Shapes
{
    /// <summary>The largest piece alone.</summary>
    internal static bool[] Largest(bool[] mask, int width)
    {
        var (marks, sizes) = Pieces(mask, width);
        if (sizes.Count == 0)
            return mask;
        var largest = sizes.IndexOf(sizes.Max()) + 1;
        return [.. marks.Select(mark => mark == largest)];
    }

    /// <summary>How many places each piece has, the largest first.</summary>
    internal static List<int> Sizes(bool[] mask, int width) => [.. Pieces(mask, width).Sizes.OrderDescending()];

    /// <summary>All that can be reached from the rim over places of the mask.</summary>
    internal static bool[] FromRim(bool[] mask, int width)
    {
        var (height, reached, next) = (mask.Length / width, new bool[mask.Length], new Stack<int>());
        void Visit(int place)
        {
            if (!mask[place] || reached[place])
                return;
            reached[place] = true;
            next.Push(place);
        }

        for (var x = 0; x < width; x++)
        {
            Visit(x);
            Visit(((height - 1) * width) + x);
        }

        for (var y = 0; y < height; y++)
        {
            Visit(y * width);
            Visit((y * width) + width - 1);
        }

        Walk(next, width, height, Visit);
        return reached;
    }

    /// <summary>A square of this radius held around every place (or taken away from it: <see cref="Shrink"/>).</summary>
    internal static bool[] Grow(bool[] mask, int width, int radius)
    {
        var full = Softness.Box(Field.Of(width, mask.Length / width, mask), radius);
        return full.Above(0.5f / ((2 * radius) + 1) / ((2 * radius) + 1));
    }

    internal static bool[] Shrink(bool[] mask, int width, int radius) => Not(Grow(Not(mask), width, radius));

    internal static bool[] Not(bool[] mask) => [.. mask.Select(isIn => !isIn)];

    private static (int[] Marks, List<int> Sizes) Pieces(bool[] mask, int width)
    {
        var (height, marks, sizes, next) = (mask.Length / width, new int[mask.Length], new List<int>(), new Stack<int>());
        for (var start = 0; start < mask.Length; start++)
        {
            if (!mask[start] || marks[start] != 0)
                continue;
            var (mark, size) = (sizes.Count + 1, 0);
            void Visit(int place)
            {
                if (!mask[place] || marks[place] != 0)
                    return;
                marks[place] = mark;
                size++;
                next.Push(place);
            }

            Visit(start);
            Walk(next, width, height, Visit);
            sizes.Add(size);
        }

        return (marks, sizes);
    }

    private static void Walk(Stack<int> next, int width, int height, Action<int> visit)
    {
        while (next.TryPop(out var place))
        {
            var (x, y) = (place % width, place / width);
            if (x > 0)
                visit(place - 1);
            if (x < width - 1)
                visit(place + 1);
            if (y > 0)
                visit(place - width);
            if (y < height - 1)
                visit(place + width);
        }
    }
}
