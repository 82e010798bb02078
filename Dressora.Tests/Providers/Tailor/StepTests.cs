using Dressora.Web.Providers.Tailor;
using Xunit;

namespace Dressora.Tests.Providers.Tailor;

/// <summary>Operators against the plainest arithmetic that says the same.</summary>
public sealed class StepTests
{
    private readonly Random _random = new(5);

    [Theory]
    [InlineData(1, 1, 7, 5)]
    [InlineData(3, 1, 4, 17)]
    [InlineData(3, 2, 9, 33)]
    public void A_convolution_is_a_sum_of_products(int window, int step, int deep, int outs)
    {
        const int Side = 8;
        var to = (Side + step - 1) / step;
        var (weights, bias, input) = (Numbers(outs * window * window * deep), Numbers(outs), Numbers(Side * Side * deep));
        Tensor[] tensors = [new([1, Side, Side, deep], null, null), new([outs, window, window, deep], weights, null), new([outs], bias, null), new([1, to, to, outs], null, null)];
        var convolution = new Convolution(new Operation(3, "", [0, 1, 2], [3], null, []), tensors, 0, tensors[1], tensors[2], padding: 0, (step, step), clip: 1);
        var output = new float[to * to * outs];

        convolution.Run([input], output, 2);

        var before = Math.Max(0, ((to - 1) * step) + window - Side) / 2;
        for (var i = 0; i < output.Length; i++)
        {
            var (place, o) = (i / outs, i % outs);
            var sum = bias[o];
            for (var k = 0; k < window * window * deep; k++)
            {
                var (y, x) = ((place / to * step) - before + (k / deep / window), (place % to * step) - before + (k / deep % window));
                if (y is >= 0 and < Side && x is >= 0 and < Side)
                    sum += input[(((y * Side) + x) * deep) + (k % deep)] * weights[(o * window * window * deep) + k];
            }

            Assert.InRange(output[i] - MathF.Max(0, sum), -1e-4f, 1e-4f);
        }
    }

    [Fact]
    public void Weights_that_do_not_fit_their_picture_are_refused()
    {
        Tensor[] tensors = [new([1, 4, 4, 3], null, null), new([2, 1, 1, 5], Numbers(10), null), new([1, 4, 4, 2], null, null)];

        Assert.Throws<InvalidDataException>(() =>
            new Convolution(new Operation(3, "", [0, 1], [2], null, []), tensors, 0, tensors[1], null, 0, (1, 1), 0));
    }

    [Fact]
    public void Sides_of_one_stand_for_all()
    {
        Tensor[] tensors = [new([1, 2, 3, 4], null, null), new([1, 2, 1, 4], null, null), new([1, 2, 3, 4], null, null)];
        var (one, other, sum) = (Numbers(24), Numbers(8), new float[24]);

        new Pairs(new Operation(0, "", [0, 1], [2], null, []), tensors, multiplies: false, clip: 0).Run([one, other], sum, 1);

        for (var i = 0; i < 24; i++)
            Assert.Equal(one[i] + other[(i / 12 * 4) + (i % 4)], sum[i], 1e-6f);
    }

    [Fact]
    public void A_transposed_picture_transposed_again_is_itself()
    {
        Tensor[] tensors = [new([2, 3, 4], null, null), new([4, 2, 3], null, null)];
        var (input, turned, back) = (Numbers(24), new float[24], new float[24]);

        new Transpose(new Operation(39, "", [0], [1], null, []), tensors, [2, 0, 1]).Run([input], turned, 1);
        new Transpose(new Operation(39, "", [1], [0], null, []), tensors, [1, 2, 0]).Run([turned], back, 1);

        Assert.Equal(input, back);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(int.MaxValue)]
    public void A_shape_without_sense_is_refused(int side) =>
        Assert.Throws<InvalidDataException>(() => Tensor.LengthOf([1, side, side, 8]));

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (_random.NextSingle() * 2) - 1)];
}
