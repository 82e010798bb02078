namespace Dressora.Web.Providers.Tailor;

/// <summary>The operators that the two models need; a graph with another one is refused.</summary>
internal static class Operators
{
    internal static Step StepOf(Operation operation, Tensor[] tensors)
    {
        if (operation is not { Inputs.Length: > 0, Outputs.Length: 1 } || !IsKnown(operation.Outputs[0], tensors)
            || operation.Inputs.Any(input => input != -1 && !IsKnown(input, tensors)))
            throw new InvalidDataException("An operator between tensors that are not there.");
        var input = operation.Inputs[0];
        return operation.Code switch
        {
            0 => new Pairs(operation, tensors, multiplies: false, Byte(operation, 0)),
            18 => new Pairs(operation, tensors, multiplies: true, Byte(operation, 0)),
            3 => new Convolution(operation, tensors, input, At(1), Optional(2), Byte(operation, 0), Steps(operation, 4, 5), Byte(operation, 3)),
            4 => new DepthwiseConvolution(operation, tensors, input, At(1), Optional(2), Byte(operation, 0), Steps(operation, 5, 6), Byte(operation, 4)),
            14 => new Logistic(Same(operation, tensors)),
            17 => new MaxPool(operation, tensors, Byte(operation, 0), Steps(operation, -1, -1), (Int(operation, 4), Int(operation, 3))),
            22 => new Reshape(Same(operation, tensors)),
            23 => new Resize(operation, tensors, isSmooth: true, Byte(operation, 2) != 0, Byte(operation, 3) != 0),
            25 => new Softmax(Same(operation, tensors), tensors[input].Shape[^1]),
            34 => new Pad(operation, tensors, Whole(1)),
            39 => new Transpose(operation, tensors, Whole(1)),
            67 => new Spread(operation, tensors, Number(2), At(1), Optional(3), Steps(operation, -1, -1)),
            74 => new Sum(operation, tensors, Whole(1)),
            97 => new Resize(operation, tensors, isSmooth: false, Byte(operation, 0) != 0, Byte(operation, 1) != 0),
            _ => throw new InvalidDataException($"Operator {operation.Code} {operation.Custom} is not known here."),
        };

        int Number(int index) => index < operation.Inputs.Length && operation.Inputs[index] >= 0
            ? operation.Inputs[index]
            : throw new InvalidDataException("An operator without one of its inputs.");
        Tensor At(int index) => tensors[Number(index)];
        Tensor? Optional(int index) => index < operation.Inputs.Length && operation.Inputs[index] >= 0 ? tensors[operation.Inputs[index]] : null;
        int[] Whole(int index) => At(index).Whole ?? throw new InvalidDataException("Whole numbers were expected.");
    }

    private static bool IsKnown(int number, Tensor[] tensors) => number >= 0 && number < tensors.Length && tensors[number].Length > 0;

    /// <summary>For those whose result is as long as what they read.</summary>
    private static Operation Same(Operation operation, Tensor[] tensors) =>
        operation.Inputs[0] >= 0 && tensors[operation.Inputs[0]].Length == tensors[operation.Outputs[0]].Length
            ? operation
            : throw new InvalidDataException("A result of another length.");

    private static int Byte(Operation operation, int field) => operation.Options?.Byte(field) ?? 0;

    private static int Int(Operation operation, int field) => operation.Options?.Int(field, 1) ?? 1;

    /// <summary>How far a window goes down and across; holes in windows are in none of the models.</summary>
    private static (int Down, int Across) Steps(Operation operation, params ReadOnlySpan<int> holes)
    {
        foreach (var hole in holes)
        {
            if (hole >= 0 && Int(operation, hole) != 1)
                throw new InvalidDataException("A window with holes.");
        }

        return (Int(operation, 2), Int(operation, 1));
    }
}
