namespace Dressora.Web.Providers.Tailor;

/// <summary>The light of the photo, for cloth that was lit elsewhere: the worn garment's folds, and the roundness of a body.</summary>
internal sealed class Light
{
    private readonly Figure _figure;
    private readonly Field _folds;
    private readonly float _armpit;

    internal Light(Figure figure, float armpit, float hem)
    {
        (_figure, _armpit) = (figure, armpit);
        _folds = FoldsOf(figure, hem);
    }

    internal float OnBody(int x, int y)
    {
        var (left, right) = (_figure.Left(y), _figure.Right(y));
        var side = MathF.Min(1.1f, MathF.Abs((x - ((left + right) / 2)) / MathF.Max(1, (right - left) / 2)));
        var below = Math.Clamp((y - _armpit + (0.2f * _figure.Pose.Torso)) / (0.25f * _figure.Pose.Torso), 0, 1);
        return _folds[x, y] * (1 - (0.14f * side * side * side * below));
    }

    internal float OnSleeve(int x, int y, Arm arm)
    {
        var across = arm.Seen(new(x, y)).Across;
        // The inner edge turns away from the light and towards the body.
        var deep = across < 0 ? 0.26f : 0.17f;
        return _folds[x, y] * (1 - (deep * MathF.Pow(Math.Clamp(MathF.Abs(across), 0, 1), 2.2f)));
    }

    private static Field FoldsOf(Figure figure, float hem)
    {
        var (luma, wide) = (figure.Photo.Luma(), figure.Shoulders);
        var worn = figure.Body.Clothes.Map(share => share > 0.5f ? 1 : 0);
        for (var y = Math.Max(0, (int)hem + 4); y < worn.Height; y++)
            worn.Row(y).Clear();
        var (fine, middle, broad) = (Softness.Blur(luma, worn, 1.6f), Softness.Blur(luma, worn, 0.07f * wide), Softness.Blur(luma, worn, 0.28f * wide));
        var uneven = Softness.Blur(luma.With(middle, (value, mean) => (value - mean) * (value - mean)), worn, 0.1f * wide);
        var inside = Softness.Blur(worn, 2);
        var light = new Field(luma.Width, luma.Height);
        for (var i = 0; i < light.Values.Length; i++)
        {
            var mean = middle.Values[i];
            // What varies much is a print, not a fold, and must not shine through.
            var trust = Math.Clamp((0.15f - (MathF.Sqrt(uneven.Values[i]) / (mean + 12))) / 0.1f, 0, 1) * Math.Clamp((mean - 18) / 40, 0.25f, 1);
            var share = trust * Math.Clamp((inside.Values[i] * 1.2f) - 0.1f, 0, 1);
            var fold = Math.Clamp((fine.Values[i] + 10) / (mean + 10), 0.72f, 1.28f) - 1;
            var whole = Math.Clamp((mean + 20) / (broad.Values[i] + 20), 0.82f, 1.18f) - 1;
            light.Values[i] = (1 + (fold * 0.85f * share)) * (1 + (whole * 0.6f * share));
        }

        return light;
    }
}
