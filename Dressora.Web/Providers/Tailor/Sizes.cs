namespace Dressora.Web.Providers.Tailor;

/// <summary>A picture in another size, between its places or at the nearest one.</summary>
internal sealed class Resize : Step
{
    private readonly (int High, int Wide, int Deep) _from;
    private readonly (int High, int Wide, int Deep) _to;
    private readonly bool _isSmooth;
    private readonly bool _alignsCorners;
    private readonly bool _alignsMiddles;

    internal Resize(Operation operation, Tensor[] tensors, bool isSmooth, bool alignsCorners, bool alignsMiddles)
        : base([operation.Inputs[0]], operation.Outputs[0])
    {
        (_from, _to) = (tensors[Reads[0]].Plane, tensors[Writes].Plane);
        Demand(_from.Deep == _to.Deep && !(alignsCorners && (alignsMiddles || !isSmooth)), "A size that cannot be made.");
        (_isSmooth, _alignsCorners, _alignsMiddles) = (isSmooth, alignsCorners, alignsMiddles);
    }

    internal override void Run(float[][] from, float[] to, int threads) => Each(_to.High, threads, y =>
    {
        var down = Seen(y, _from.High, _to.High);
        for (var x = 0; x < _to.Wide; x++)
            Mix(from[0], down, Seen(x, _from.Wide, _to.Wide), to.AsSpan(((y * _to.Wide) + x) * _to.Deep, _to.Deep));
    });

    private void Mix(float[] from, (int One, int Other, float Share) down, (int One, int Other, float Share) across, Span<float> to)
    {
        var a = Row(from, down.One, across.One);
        var b = Row(from, down.One, across.Other);
        var c = Row(from, down.Other, across.One);
        var d = Row(from, down.Other, across.Other);
        for (var i = 0; i < to.Length; i++)
        {
            var above = a[i] + ((b[i] - a[i]) * across.Share);
            to[i] = above + ((c[i] + ((d[i] - c[i]) * across.Share) - above) * down.Share);
        }
    }

    private ReadOnlySpan<float> Row(float[] from, int y, int x) => from.AsSpan(((y * _from.Wide) + x) * _from.Deep, _from.Deep);

    private (int One, int Other, float Share) Seen(int at, int from, int to)
    {
        var scale = _alignsCorners && to > 1 ? (from - 1f) / (to - 1) : (float)from / to;
        if (!_isSmooth)
        {
            var nearest = Math.Min(from - 1, (int)((at + (_alignsMiddles ? 0.5f : 0)) * scale));
            return (nearest, nearest, 0);
        }

        var seen = Math.Max(0, _alignsMiddles ? ((at + 0.5f) * scale) - 0.5f : at * scale);
        var one = Math.Min((int)seen, from - 1);
        return (one, Math.Min(one + 1, from - 1), seen - one);
    }
}

/// <summary>The largest of each window.</summary>
internal sealed class MaxPool : Step
{
    private readonly (int High, int Wide, int Deep) _from;
    private readonly (int High, int Wide, int Deep) _to;
    private readonly (int High, int Wide) _window;
    private readonly Stride _stride;

    internal MaxPool(Operation operation, Tensor[] tensors, int padding, (int, int) step, (int High, int Wide) window)
        : base([operation.Inputs[0]], operation.Outputs[0])
    {
        (_from, _to, _window) = (tensors[Reads[0]].Plane, tensors[Writes].Plane, window);
        Demand(window.High is > 0 and <= 64 && window.Wide is > 0 and <= 64 && _from.Deep == _to.Deep, "A window of no use.");
        _stride = Stride.Of((_from.High, _from.Wide), window, (_to.High, _to.Wide), padding, step, 0);
    }

    internal override void Run(float[][] from, float[] to, int threads) => Each(_to.High, threads, y =>
    {
        for (var x = 0; x < _to.Wide; x++)
        {
            var place = to.AsSpan(((y * _to.Wide) + x) * _to.Deep, _to.Deep);
            place.Fill(float.NegativeInfinity);
            Largest(from[0], (y * _stride.Down) - _stride.PadTop, (x * _stride.Across) - _stride.PadLeft, place);
        }
    });

    private void Largest(float[] from, int top, int left, Span<float> to)
    {
        for (var y = Math.Max(0, top); y < Math.Min(_from.High, top + _window.High); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(_from.Wide, left + _window.Wide); x++)
            {
                var seen = from.AsSpan(((y * _from.Wide) + x) * _from.Deep, _from.Deep);
                for (var i = 0; i < to.Length; i++)
                    to[i] = MathF.Max(to[i], seen[i]);
            }
        }
    }
}

/// <summary>A small picture spread over a larger one: each place becomes a window that touches no other.</summary>
internal sealed class Spread : Step
{
    private readonly (int High, int Wide, int Deep) _from;
    private readonly (int High, int Wide, int Deep) _to;
    private readonly int _side;
    private readonly float[] _packed;
    private readonly float[] _bias;

    internal Spread(Operation operation, Tensor[] tensors, int reads, Tensor weights, Tensor? bias, (int Down, int Across) step)
        : base([reads], operation.Outputs[0])
    {
        (_from, _to, _side) = (tensors[reads].Plane, tensors[Writes].Plane, step.Down);
        Demand(step.Down == step.Across && _side is > 0 and <= 8 && _to.High == _from.High * _side && _to.Wide == _from.Wide * _side, "Only windows side by side are spread.");
        Demand(weights is { Values: not null, Rank: 4 } && weights.Shape.SequenceEqual([_to.Deep, _side, _side, _from.Deep]), "Weights of another size.");
        Demand(bias is null || bias.Values?.Length == _to.Deep, "A bias of another size.");
        var outs = _to.Deep * _side * _side;
        _packed = Kernel.Pack(weights.Values!, outs, _from.Deep);
        _bias = new float[Kernel.Padded(outs)];
        for (var i = 0; bias?.Values is { } values && i < outs; i++)
            _bias[i] = values[i / (_side * _side)];
    }

    internal override void Run(float[][] from, float[] to, int threads) => Each(_from.High, threads, y =>
    {
        var outs = _to.Deep * _side * _side;
        var row = new float[_from.Wide * outs];
        Kernel.Multiply(from[0].AsSpan(y * _from.Wide * _from.Deep, _from.Wide * _from.Deep), _from.Wide, _from.Deep, _packed, _bias, row, outs, Clip.None);
        for (var i = 0; i < row.Length; i++)
        {
            var (x, layer, down, across) = (i / outs, i % outs / (_side * _side), i / _side % _side, i % _side);
            to[((((y * _side) + down) * _to.Wide) + (x * _side) + across) * _to.Deep + layer] = row[i];
        }
    });
}
