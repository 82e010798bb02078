namespace Dressora.Web.Providers.Tailor;

/// <summary>A model that can be asked. One question at a time.</summary>
internal sealed class Network
{
    private const int SparesMax = 16;
    private readonly Tensor[] _tensors;
    private readonly Step[] _steps;
    private readonly int _input;
    private readonly int[] _outputs;
    private readonly int[] _lastRead;
    private readonly List<float[]> _spares = [];

    /// <param name="isWanted">Which outputs are asked for, by their length; what only the others need is not computed.</param>
    internal Network(GraphFile graph, Func<int, bool> isWanted)
    {
        _input = graph.Inputs is [var only] && graph.Tensors[only] is { Values: null, Whole: null }
            ? only
            : throw new InvalidDataException("One input was expected.");
        _outputs = [.. graph.Outputs.Where(output => isWanted(graph.Tensors[output].Length))];
        _steps = Needed(graph);
        _lastRead = new int[graph.Tensors.Length];
        for (var i = 0; i < _steps.Length; i++)
        {
            foreach (var read in _steps[i].Reads)
                _lastRead[read] = i;
        }

        foreach (var output in _outputs)
            _lastRead[output] = int.MaxValue;
        // Weights live on in the steps, packed as they are read.
        var constant = _steps.SelectMany(step => step.Reads).ToHashSet();
        _tensors = [.. graph.Tensors.Select((tensor, i) => constant.Contains(i) ? tensor : tensor with { Values = null, Whole = null })];
    }

    internal int[] InputShape => _tensors[_input].Shape;

    /// <summary>The wanted outputs in the file's order.</summary>
    internal float[][] Run(float[] input, int threads)
    {
        if (input.Length != _tensors[_input].Length)
            throw new ArgumentException("An input of another length.", nameof(input));
        var blocks = new float[]?[_tensors.Length];
        for (var i = 0; i < blocks.Length; i++)
            blocks[i] = _tensors[i].Values;
        blocks[_input] = input;
        for (var i = 0; i < _steps.Length; i++)
        {
            var step = _steps[i];
            var to = Rent(_tensors[step.Writes].Length);
            step.Run([.. step.Reads.Select(read => blocks[read]!)], to, threads);
            blocks[step.Writes] = to;
            foreach (var read in step.Reads.Where(read => _lastRead[read] == i && read != _input && _tensors[read].Values is null).Distinct())
            {
                if (_spares.Count < SparesMax)
                    _spares.Add(blocks[read]!);
                blocks[read] = null;
            }
        }

        return [.. _outputs.Select(output => blocks[output]!)];
    }

    private static bool IsThere(int tensor, GraphFile graph, HashSet<int> written) =>
        tensor == graph.Inputs[0] || graph.Tensors[tensor].Values is not null || written.Contains(tensor);

    /// <summary>From the outputs back to the input; each tensor is written once, and before it is read.</summary>
    private Step[] Needed(GraphFile graph)
    {
        var (wanted, needed) = (_outputs.ToHashSet(), new List<Step>());
        foreach (var operation in graph.Operations.Reverse())
        {
            if (!operation.Outputs.Any(wanted.Contains))
                continue;
            var step = Operators.StepOf(operation, graph.Tensors);
            needed.Add(step);
            wanted.UnionWith(step.Reads);
        }

        needed.Reverse();
        var written = new HashSet<int>();
        foreach (var step in needed)
        {
            if (!step.Reads.All(read => read >= 0 && IsThere(read, graph, written)) || IsThere(step.Writes, graph, written))
                throw new InvalidDataException("A tensor that is read before it is written, or written twice.");
            written.Add(step.Writes);
        }

        return _outputs.Length > 0 && _outputs.All(written.Contains) ? [.. needed] : throw new InvalidDataException("An output that nothing writes.");
    }

    private float[] Rent(int length)
    {
        var found = _spares.FindIndex(spare => spare.Length == length);
        if (found < 0)
            return new float[length];
        var spare = _spares[found];
        _spares.RemoveAt(found);
        return spare;
    }
}
