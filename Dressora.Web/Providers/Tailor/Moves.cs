namespace Dressora.Web.Providers.Tailor;

/// <summary>The same numbers with their sides in another order.</summary>
internal sealed class Transpose : Step
{
    private readonly int[] _shape;
    private readonly int[] _steps;

    internal Transpose(Operation operation, Tensor[] tensors, int[] order)
        : base([operation.Inputs[0]], operation.Outputs[0])
    {
        var from = tensors[Reads[0]].Shape;
        _shape = tensors[Writes].Shape;
        Demand(order.Length == from.Length && order.Order().SequenceEqual(Enumerable.Range(0, from.Length)), "An order that is none.");
        Demand(_shape.SequenceEqual(order.Select(side => from[side])), "A shape of another order.");
        var strides = Tensor.StridesOf(from);
        _steps = [.. order.Select(side => strides[side])];
    }

    internal override void Run(float[][] from, float[] to, int threads)
    {
        var (width, step) = (_shape[^1], _steps[^1]);
        for (var row = 0; row < to.Length / width; row++)
        {
            var (start, rest) = (0, row);
            for (var side = _shape.Length - 2; side >= 0; side--)
            {
                start += rest % _shape[side] * _steps[side];
                rest /= _shape[side];
            }

            for (var i = 0; i < width; i++)
                to[(row * width) + i] = from[0][start + (i * step)];
        }
    }
}

/// <summary>Nothing around something.</summary>
internal sealed class Pad : Step
{
    private readonly int[] _from;
    private readonly int[] _steps;
    private readonly int _start;

    internal Pad(Operation operation, Tensor[] tensors, int[] around)
        : base([operation.Inputs[0]], operation.Outputs[0])
    {
        _from = tensors[Reads[0]].Shape;
        var to = tensors[Writes].Shape;
        Demand(around.Length == 2 * _from.Length && to.Length == _from.Length && around.All(width => width is >= 0 and < 4_096), "Margins that do not fit.");
        _steps = Tensor.StridesOf(to);
        for (var side = 0; side < to.Length; side++)
        {
            Demand(to[side] == around[2 * side] + _from[side] + around[(2 * side) + 1], "Margins that do not fit.");
            _start += around[2 * side] * _steps[side];
        }
    }

    internal override void Run(float[][] from, float[] to, int threads)
    {
        Array.Clear(to);
        var width = _from[^1];
        for (var row = 0; row < from[0].Length / width; row++)
        {
            var (start, rest) = (_start, row);
            for (var side = _from.Length - 2; side >= 0; side--)
            {
                start += rest % _from[side] * _steps[side];
                rest /= _from[side];
            }

            from[0].AsSpan(row * width, width).CopyTo(to.AsSpan(start));
        }
    }
}

/// <summary>One side added up.</summary>
internal sealed class Sum : Step
{
    private readonly int _outer;
    private readonly int _count;
    private readonly int _inner;

    internal Sum(Operation operation, Tensor[] tensors, int[] axes)
        : base([operation.Inputs[0]], operation.Outputs[0])
    {
        var from = tensors[Reads[0]].Shape;
        Demand(axes is [var first] && first >= -from.Length && first < from.Length, "One side was expected.");
        var axis = axes[0] < 0 ? axes[0] + from.Length : axes[0];
        (_outer, _count, _inner) = (Tensor.LengthOf(from[..axis]), from[axis], Tensor.LengthOf(from[(axis + 1)..]));
        Demand(tensors[Writes].Length == _outer * _inner, "A sum of another size.");
    }

    internal override void Run(float[][] from, float[] to, int threads)
    {
        Array.Clear(to);
        for (var outer = 0; outer < _outer; outer++)
        {
            for (var k = 0; k < _count; k++)
            {
                var row = from[0].AsSpan(((outer * _count) + k) * _inner, _inner);
                var sum = to.AsSpan(outer * _inner, _inner);
                for (var i = 0; i < sum.Length; i++)
                    sum[i] += row[i];
            }
        }
    }
}
