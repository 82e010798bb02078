using System.Runtime.InteropServices;
using System.Text;

namespace Dressora.Web.Providers.Tailor;

/// <summary>One operator as it stands in the file.</summary>
internal sealed record Operation(int Code, string Custom, int[] Inputs, int[] Outputs, FlatTable? Options, byte[] Blob);

/// <summary>A TensorFlow Lite file: its tensors, and what is done with them in which order.</summary>
internal sealed record GraphFile(Tensor[] Tensors, Operation[] Operations, int[] Inputs, int[] Outputs)
{
    private const int TensorsMax = 4_000;
    private const int OperationsMax = 2_000;
    private const int Dequantize = 6;
    private const int CustomMax = 64;

    /// <summary>Throws InvalidDataException, and nothing else, for a file that is not what it says.</summary>
    internal static GraphFile Read(byte[] bytes)
    {
        if (bytes.Length < 16 || !bytes.AsSpan(4, 4).SequenceEqual("TFL3"u8))
            throw new InvalidDataException("Not a TensorFlow Lite file.");
        var root = new FlatFile(bytes).Root;
        var buffers = root.Tables(4);
        var codes = root.Tables(1);
        if (root.Tables(2) is not [var graph])
            throw new InvalidDataException("One graph was expected.");
        var (tensors, operations) = (graph.Tables(0), graph.Tables(3));
        if (tensors.Length > TensorsMax || operations.Length > OperationsMax)
            throw new InvalidDataException("A graph larger than any that is used here.");
        var read = tensors.Select(tensor => TensorOf(tensor, buffers)).ToArray();
        var all = operations.Select(operation => OperationOf(operation, codes)).ToList();
        all.RemoveAll(operation => IsWidened(operation, read));
        return new GraphFile(read, [.. all], Known(graph.Ints(1), read), Known(graph.Ints(2), read));
    }

    private static Tensor TensorOf(FlatTable tensor, FlatTable[] buffers)
    {
        var shape = tensor.Ints(0);
        var number = tensor.Int(2);
        if (number < 0 || number >= buffers.Length)
            throw new InvalidDataException("A tensor without a buffer.");
        var data = buffers[number].Bytes(0);
        if (data.IsEmpty)
            return new Tensor(shape.Length == 0 ? [1] : shape, null, null);
        var length = Tensor.LengthOf(shape);
        return tensor.Byte(1) switch
        {
            0 when data.Length == 4L * length => new Tensor(shape, MemoryMarshal.Cast<byte, float>(data).ToArray(), null),
            1 when data.Length == 2L * length => new Tensor(shape, Widened(MemoryMarshal.Cast<byte, Half>(data)), null),
            2 when data.Length == 4L * length => new Tensor(shape, null, MemoryMarshal.Cast<byte, int>(data).ToArray()),
            _ => throw new InvalidDataException("Numbers of a kind or in a count that do not fit."),
        };
    }

    private static Operation OperationOf(FlatTable operation, FlatTable[] codes)
    {
        var index = operation.Int(0);
        if (index < 0 || index >= codes.Length)
            throw new InvalidDataException("An operator without a code.");
        var custom = codes[index].Bytes(1);
        if (custom.Length > CustomMax)
            throw new InvalidDataException("An operator with an endless name.");
        var code = Math.Max(codes[index].Byte(0), codes[index].Int(3));
        return new Operation(
            code, Encoding.ASCII.GetString(custom), operation.Ints(1), operation.Ints(2), operation.Table(4), operation.Bytes(5).ToArray());
    }

    /// <summary>Weights that are kept in half the room are widened once, here.</summary>
    private static bool IsWidened(Operation operation, Tensor[] tensors)
    {
        if (operation is not { Code: Dequantize, Inputs: [var from], Outputs: [var to] } || Known([from, to], tensors).Length != 2
            || tensors[from].Values is not { } values)
            return false;
        tensors[to] = tensors[to] with { Shape = tensors[from].Shape, Values = values };
        return true;
    }

    private static float[] Widened(ReadOnlySpan<Half> narrow)
    {
        var wide = new float[narrow.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = (float)narrow[i];
        return wide;
    }

    private static int[] Known(int[] numbers, Tensor[] tensors) => numbers.All(number => number >= 0 && number < tensors.Length)
        ? numbers
        : throw new InvalidDataException("A tensor that is not there.");
}
