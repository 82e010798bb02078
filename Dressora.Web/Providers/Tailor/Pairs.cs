using System.Numerics;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Sums or products number by number; a side of one stands for all.</summary>
internal sealed class Pairs : Step
{
    private readonly bool _multiplies;
    private readonly Clip _clip;
    private readonly int[] _shape;
    private readonly int[] _one;
    private readonly int[] _other;

    internal Pairs(Operation operation, Tensor[] tensors, bool multiplies, int clip)
        : base(operation.Inputs, operation.Outputs[0])
    {
        Demand(operation.Inputs.Length == 2, "Two of them were expected.");
        _shape = tensors[Writes].Shape;
        (_multiplies, _clip) = (multiplies, Clip.Of(clip));
        (_one, _other) = (Spread(tensors[Reads[0]].Shape), Spread(tensors[Reads[1]].Shape));
    }

    internal override void Run(float[][] from, float[] to, int threads)
    {
        var width = _shape[^1];
        Each(to.Length / width, threads: 1, row =>
        {
            var (a, b, rest) = (0, 0, row);
            for (var side = _shape.Length - 2; side >= 0; side--)
            {
                a += rest % _shape[side] * _one[side];
                b += rest % _shape[side] * _other[side];
                rest /= _shape[side];
            }

            Row(from[0].AsSpan(a), _one[^1], from[1].AsSpan(b), _other[^1], to.AsSpan(row * width, width));
        });
    }

    private void Row(ReadOnlySpan<float> one, int oneStep, ReadOnlySpan<float> other, int otherStep, Span<float> to)
    {
        var i = 0;
        if (oneStep == 1 && otherStep == 1)
        {
            var (least, most) = (new Vector<float>(_clip.Least), new Vector<float>(_clip.Most));
            for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var (a, b) = (new Vector<float>(one[i..]), new Vector<float>(other[i..]));
                Vector.Min(Vector.Max(_multiplies ? a * b : a + b, least), most).CopyTo(to[i..]);
            }
        }

        for (; i < to.Length; i++)
        {
            var (a, b) = (one[i * oneStep], other[i * otherStep]);
            to[i] = _clip.Of(_multiplies ? a * b : a + b);
        }
    }

    private int[] Spread(int[] shape)
    {
        var missing = _shape.Length - shape.Length;
        Demand(missing >= 0, "A part with more sides than the whole.");
        var (strides, spread) = (Tensor.StridesOf(shape), new int[_shape.Length]);
        for (var i = 0; i < shape.Length; i++)
        {
            Demand(shape[i] == 1 || shape[i] == _shape[i + missing], "Sides that do not fit each other.");
            spread[i + missing] = shape[i] == 1 ? 0 : strides[i];
        }

        return spread;
    }
}
