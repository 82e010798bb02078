using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dressora.Web.Providers.Tailor;

/// <summary>A window over each layer of a picture by itself.</summary>
internal sealed class DepthwiseConvolution : Step
{
    private static readonly int Lane = Vector<float>.Count;
    private readonly (int High, int Wide, int Deep) _from;
    private readonly (int High, int Wide, int Deep) _to;
    private readonly (int High, int Wide) _window;
    private readonly Stride _stride;
    private readonly float[] _weights;
    private readonly float[] _bias;

    internal DepthwiseConvolution(Operation operation, Tensor[] tensors, int reads, Tensor weights, Tensor? bias, int padding, (int, int) step, int clip)
        : base([reads], operation.Outputs[0])
    {
        (_from, _to) = (tensors[reads].Plane, tensors[operation.Outputs[0]].Plane);
        Demand(weights is { Values: not null, Shape: [1, _, _, var deep] } && deep == _from.Deep && _to.Deep == deep, "Weights of another size.");
        Demand(bias is null || bias.Values?.Length == _to.Deep, "A bias of another size.");
        _window = (weights.Shape[1], weights.Shape[2]);
        _stride = Stride.Of((_from.High, _from.Wide), _window, (_to.High, _to.Wide), padding, step, clip);
        (_weights, _bias) = (weights.Values!, bias?.Values ?? new float[_to.Deep]);
    }

    internal override void Run(float[][] from, float[] to, int threads) => Each(_to.High, threads, y =>
    {
        for (var x = 0; x < _to.Wide; x++)
            Place(from[0], y, x, to.AsSpan(((y * _to.Wide) + x) * _to.Deep, _to.Deep));
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(float[] from, int y, int x, Span<float> to)
    {
        var (top, left) = ((y * _stride.Down) - _stride.PadTop, (x * _stride.Across) - _stride.PadLeft);
        var (firstY, endY) = (Math.Max(0, top), Math.Min(_from.High, top + _window.High));
        var (firstX, endX) = (Math.Max(0, left), Math.Min(_from.Wide, left + _window.Wide));
        var (least, most) = (new Vector<float>(_stride.Clip.Least), new Vector<float>(_stride.Clip.Most));
        var c = 0;
        for (; c <= to.Length - Lane; c += Lane)
        {
            var sum = new Vector<float>(_bias, c);
            for (var sy = firstY; sy < endY; sy++)
            {
                for (var sx = firstX; sx < endX; sx++)
                    sum = Vector.FusedMultiplyAdd(new Vector<float>(from, Seen(sy, sx) + c), new Vector<float>(_weights, Weight(sy - top, sx - left) + c), sum);
            }

            Vector.Min(Vector.Max(sum, least), most).CopyTo(to[c..]);
        }

        for (; c < to.Length; c++)
        {
            var sum = _bias[c];
            for (var sy = firstY; sy < endY; sy++)
            {
                for (var sx = firstX; sx < endX; sx++)
                    sum += from[Seen(sy, sx) + c] * _weights[Weight(sy - top, sx - left) + c];
            }

            to[c] = _stride.Clip.Of(sum);
        }
    }

    private int Seen(int y, int x) => ((y * _from.Wide) + x) * _from.Deep;

    private int Weight(int y, int x) => ((y * _window.Wide) + x) * _from.Deep;
}
