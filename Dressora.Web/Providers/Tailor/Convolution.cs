using System.Buffers;

namespace Dressora.Web.Providers.Tailor;

/// <summary>A window over a picture, as rows times weights: what the window sees is one row.</summary>
internal sealed class Convolution : Step
{
    private const int RowsAtOnce = 48;
    private readonly (int High, int Wide, int Deep) _from;
    private readonly (int High, int Wide, int Deep) _to;
    private readonly (int High, int Wide) _window;
    private readonly Stride _stride;
    private readonly float[] _packed;
    private readonly float[] _bias;

    internal Convolution(Operation operation, Tensor[] tensors, int reads, Tensor weights, Tensor? bias, int padding, (int, int) step, int clip)
        : base([reads], operation.Outputs[0])
    {
        (_from, _to) = (tensors[reads].Plane, tensors[operation.Outputs[0]].Plane);
        Demand(weights is { Values: not null, Rank: 4 } && weights.Shape[0] == _to.Deep && weights.Shape[3] == _from.Deep, "Weights of another size.");
        Demand(bias is null || bias.Values?.Length == _to.Deep, "A bias of another size.");
        _window = (weights.Shape[1], weights.Shape[2]);
        _stride = Stride.Of((_from.High, _from.Wide), _window, (_to.High, _to.Wide), padding, step, clip);
        _packed = Kernel.Pack(weights.Values!, _to.Deep, Depth);
        _bias = new float[Kernel.Padded(_to.Deep)];
        bias?.Values?.CopyTo(_bias, 0);
    }

    private int Depth => _window.High * _window.Wide * _from.Deep;
    private bool SeesOnePlace => _window == (1, 1) && _stride is { Down: 1, Across: 1 };

    internal override void Run(float[][] from, float[] to, int threads)
    {
        var places = _to.High * _to.Wide;
        Each((places + RowsAtOnce - 1) / RowsAtOnce, threads, block =>
        {
            var first = block * RowsAtOnce;
            var count = Math.Min(RowsAtOnce, places - first);
            var result = to.AsSpan(first * _to.Deep, count * _to.Deep);
            if (SeesOnePlace)
            {
                Kernel.Multiply(from[0].AsSpan(first * Depth, count * Depth), count, Depth, _packed, _bias, result, _to.Deep, _stride.Clip);
                return;
            }

            var seen = ArrayPool<float>.Shared.Rent(count * Depth);
            for (var i = 0; i < count; i++)
                See(from[0], first + i, seen.AsSpan(i * Depth, Depth));
            Kernel.Multiply(seen, count, Depth, _packed, _bias, result, _to.Deep, _stride.Clip);
            ArrayPool<float>.Shared.Return(seen);
        });
    }

    private void See(float[] from, int place, Span<float> row)
    {
        var (top, left) = ((place / _to.Wide * _stride.Down) - _stride.PadTop, (place % _to.Wide * _stride.Across) - _stride.PadLeft);
        for (var y = top; y < top + _window.High; y++)
        {
            for (var x = left; x < left + _window.Wide; x++, row = row[_from.Deep..])
            {
                if ((uint)y < (uint)_from.High && (uint)x < (uint)_from.Wide)
                    from.AsSpan(((y * _from.Wide) + x) * _from.Deep, _from.Deep).CopyTo(row);
                else
                    row[.._from.Deep].Clear();
            }
        }
    }
}
