namespace Dressora.Web.Providers.Tailor;

/// <summary>Measures a flat garment's body: its axis, where the sleeves leave it, and its hem.</summary>
internal static class GarmentRows
{
    private const int HeightMin = 120;
    private const float Jump = 1.13f;

    /// <summary>An armpit lower than this is none: there a sleeve that lies on the body parts from it.</summary>
    private const float Low = 0.52f;
    private const float Usual = 0.36f;
    private const float Highest = 0.08f;
    private const float Lowest = 0.62f;
    private const float LowestParting = 0.84f;

    internal static Rows? Measure(bool[] mask, int width)
    {
        var height = mask.Length / width;
        var top = MaskRows.FirstRow(mask, width, Enumerable.Range(0, height));
        var bottom = MaskRows.FirstRow(mask, width, Enumerable.Range(0, height).Reverse());
        var tall = bottom - top;
        if (tall < HeightMin)
            return null;
        var axis = MaskRows.MiddleOf(mask, width, top, bottom);
        var (left, right) = (new float[tall + 1], new float[tall + 1]);
        for (var i = 0; i <= tall; i++)
            (left[i], right[i]) = MaskRows.RunAround(mask, width, top + i, (int)axis);
        var neck = MaskRows.NeckMiddle(mask, width, top, tall);
        axis = Median(left, right, (int)(0.55 * tall), (int)(0.93 * tall), (l, r) => (l + r) / 2);
        if (MathF.Abs(axis - neck) > 0.04f * (right[tall / 2] - left[tall / 2]))
            axis = neck;
        Even(left, right, axis);
        var wide = Median(left, right, (int)(0.45 * tall), (int)(0.7 * tall), (l, r) => r - l);
        if (wide < tall / 8f)
            return null;
        var hem = tall;
        while (hem > 0.6 * tall && right[hem] - left[hem] < 0.42 * wide)
            hem--;
        float[] leftHalves = [.. left.Select(x => axis - x)], rightHalves = [.. right.Select(x => x - axis)];
        var (leftPit, rightPit) = (Armpit(leftHalves, tall, Highest, Lowest), Armpit(rightHalves, tall, Highest, Lowest));
        if (leftPit is null && rightPit is null)
            (leftPit, rightPit) = (Armpit(leftHalves, tall, Lowest, LowestParting), Armpit(rightHalves, tall, Lowest, LowestParting));
        var pit = leftPit is { } one && rightPit is { } other ? (one + other) / 2 : leftPit ?? rightPit ?? (int)(0.3 * tall);
        var hasSleeves = leftPit is not null || rightPit is not null;
        if (hasSleeves && pit > Low * tall)
            pit = Uncover(left, right, Math.Max(leftPit ?? 0, rightPit ?? 0), hem, (int)(Usual * tall));
        var half = Median(left, right, Math.Min(pit + 6, hem - 1), Math.Min(pit + Math.Max(12, tall / 20), hem), (l, r) => (r - l) / 2);
        Settle(left, right, pit, hem, axis, half);
        return new Rows(top, top + pit, top + hem, axis, left[..(hem + 1)], right[..(hem + 1)], half, hasSleeves);
    }

    /// <summary>Walking up, where the body suddenly grows wider: there a sleeve leaves it.</summary>
    private static int? Armpit(float[] halves, int tall, float from, float to)
    {
        for (var i = (int)(to * tall); i > from * tall; i--)
        {
            var below = halves[(i + (tall / 50) + 2)..(i + (tall / 9))].Order().ToArray();
            if (halves[i] > below[below.Length / 2] * Jump)
                return i + 2;
        }

        return null;
    }

    /// <summary>Where sleeves lie on the body its edges are drawn on upwards, as straight as they come.</summary>
    private static int Uncover(float[] left, float[] right, int parting, int hem, int pit)
    {
        var (from, to) = (Math.Min(parting + 10, hem - 2), Math.Min(parting + 10 + ((hem - parting) / 2), hem - 1));
        var (leftWay, rightWay) = (Way(left, from, to, 1), Way(right, from, to, -1));
        for (var i = pit; i < from; i++)
            (left[i], right[i]) = (left[from] - (leftWay * (from - i)), right[from] - (rightWay * (from - i)));
        return pit;
    }

    /// <summary>A body grows no wider upwards, and not much narrower.</summary>
    private static float Way(float[] edge, int from, int to, int inwards)
    {
        var way = to > from ? (edge[to] - edge[from]) / (to - from) : 0;
        return Math.Clamp(way * inwards, -0.16f, 0) * inwards;
    }

    /// <summary>The edges above the armpits belong to the sleeves; near the hem they hold on, since the mask draws its shape.</summary>
    private static void Settle(float[] left, float[] right, int pit, int hem, float axis, float half)
    {
        for (var i = 0; i <= pit + 4 && i < left.Length; i++)
            (left[i], right[i]) = (axis - half, axis + half);
        var held = (int)(0.92 * hem);
        for (var i = held; i <= hem; i++)
            (left[i], right[i]) = (left[held - 1], right[held - 1]);
        Softness.Smooth(left, 4).CopyTo(left, 0);
        Softness.Smooth(right, 4).CopyTo(right, 0);
    }

    /// <summary>Where one side reaches much further than the other something lies beside the body: a sleeve, a belt's end.</summary>
    private static void Even(float[] left, float[] right, float axis)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var (one, other) = (axis - left[i], right[i] - axis);
            var half = MathF.Max(1, MathF.Min(one, other));
            if (MathF.Max(one, other) > 1.12f * half)
                (left[i], right[i]) = (axis - half, axis + half);
        }
    }

    private static float Median(float[] left, float[] right, int from, int to, Func<float, float, float> of)
    {
        var values = Enumerable.Range(from, Math.Max(1, to - from)).Select(i => of(left[i], right[i])).Order().ToList();
        return values[values.Count / 2];
    }
}
