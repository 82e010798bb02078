using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Rows times weights, where nearly all of a model's time goes. Weights lie in panels as wide as two vectors.</summary>
internal static unsafe class Kernel
{
    private const int RowsAtOnce = 4;
    private static readonly int Lane = Vector<float>.Count;
    private static readonly int Panel = 2 * Vector<float>.Count;

    /// <param name="weights">Row by row, one for each number that comes out.</param>
    internal static float[] Pack(float[] weights, int outs, int depth)
    {
        var packed = new float[Padded(outs) * depth];
        for (var o = 0; o < outs; o++)
        {
            var start = (o / Panel * depth * Panel) + (o % Panel);
            for (var k = 0; k < depth; k++)
                packed[start + (k * Panel)] = weights[(o * depth) + k];
        }

        return packed;
    }

    internal static int Padded(int outs) => (outs + Panel - 1) / Panel * Panel;

    /// <summary>Lengths are checked here once, so that the inner loops need not.</summary>
    internal static void Multiply(ReadOnlySpan<float> rows, int count, int depth, float[] packed, float[] bias, Span<float> to, int outs, Clip clip)
    {
        if (count < 1 || depth < 1 || outs < 1 || rows.Length < count * depth || to.Length < count * outs
            || bias.Length < Padded(outs) || packed.Length < (long)Padded(outs) * depth)
            throw new InvalidDataException("A product whose sides do not fit.");
        fixed (float* a = rows, w = packed, b = bias, y = to)
        {
            for (var o = 0; o < outs; o += Panel)
            {
                for (var r = 0; r < count; r += RowsAtOnce)
                    Block(a + (r * depth), Math.Min(RowsAtOnce, count - r), depth, w + ((long)o * depth), b + o, y + (r * outs) + o, outs, Math.Min(Panel, outs - o), clip);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(float* a, int rows, int depth, float* w, float* bias, float* to, int outs, int width, Clip clip)
    {
        // A block of fewer rows computes its first one again and keeps what it needs.
        var a1 = rows > 1 ? a + depth : a;
        var a2 = rows > 2 ? a + (2 * depth) : a;
        var a3 = rows > 3 ? a + (3 * depth) : a;
        var (c00, c01) = (*(Vector<float>*)bias, *(Vector<float>*)(bias + Lane));
        var (c10, c11, c20, c21, c30, c31) = (c00, c01, c00, c01, c00, c01);
        for (var k = 0; k < depth; k++, w += Panel)
        {
            var w0 = *(Vector<float>*)w;
            var w1 = *(Vector<float>*)(w + Lane);
            var v = new Vector<float>(a[k]);
            c00 = Vector.FusedMultiplyAdd(v, w0, c00);
            c01 = Vector.FusedMultiplyAdd(v, w1, c01);
            v = new Vector<float>(a1[k]);
            c10 = Vector.FusedMultiplyAdd(v, w0, c10);
            c11 = Vector.FusedMultiplyAdd(v, w1, c11);
            v = new Vector<float>(a2[k]);
            c20 = Vector.FusedMultiplyAdd(v, w0, c20);
            c21 = Vector.FusedMultiplyAdd(v, w1, c21);
            v = new Vector<float>(a3[k]);
            c30 = Vector.FusedMultiplyAdd(v, w0, c30);
            c31 = Vector.FusedMultiplyAdd(v, w1, c31);
        }

        Store(c00, c01, to, width, clip);
        if (rows > 1)
            Store(c10, c11, to + outs, width, clip);
        if (rows > 2)
            Store(c20, c21, to + (2 * outs), width, clip);
        if (rows > 3)
            Store(c30, c31, to + (3 * outs), width, clip);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> one, Vector<float> two, float* to, int width, Clip clip)
    {
        var (least, most) = (new Vector<float>(clip.Least), new Vector<float>(clip.Most));
        one = Vector.Min(Vector.Max(one, least), most);
        two = Vector.Min(Vector.Max(two, least), most);
        if (width == Panel)
        {
            *(Vector<float>*)to = one;
            *(Vector<float>*)(to + Lane) = two;
            return;
        }

        for (var i = 0; i < width; i++)
            to[i] = i < Lane ? one[i] : two[i - Lane];
    }
}
