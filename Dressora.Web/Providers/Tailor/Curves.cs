namespace Dressora.Web.Providers.Tailor;

/// <summary>Each number by itself into one between 0 and 1.</summary>
internal sealed class Logistic(Operation operation) : Step([operation.Inputs[0]], operation.Outputs[0])
{
    internal override void Run(float[][] from, float[] to, int threads)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = 1 / (1 + MathF.Exp(-from[0][i]));
    }
}

/// <summary>The last side's numbers into shares of one.</summary>
internal sealed class Softmax(Operation operation, int width) : Step([operation.Inputs[0]], operation.Outputs[0])
{
    internal override void Run(float[][] from, float[] to, int threads)
    {
        for (var start = 0; start < to.Length; start += width)
            Share(from[0].AsSpan(start, width), to.AsSpan(start, width));
    }

    internal static void Share(ReadOnlySpan<float> from, Span<float> to)
    {
        var most = float.NegativeInfinity;
        foreach (var value in from)
            most = MathF.Max(most, value);
        var sum = 0f;
        for (var i = 0; i < to.Length; i++)
            sum += to[i] = MathF.Exp(from[i] - most);
        for (var i = 0; i < to.Length; i++)
            to[i] /= sum;
    }
}

/// <summary>The same numbers under another shape.</summary>
internal sealed class Reshape(Operation operation) : Step([operation.Inputs[0]], operation.Outputs[0])
{
    internal override void Run(float[][] from, float[] to, int threads) => from[0].CopyTo(to, 0);
}
