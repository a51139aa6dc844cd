using Goldilocks.Core;
using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>What is refused before anything is computed: inputs, outputs and constants that no memory holds.</summary>
internal static class ModelLimits
{
    /// <summary>Values of an input or output for one sample.</summary>
    private const long MostValues = 1L << 27;

    /// <summary>Operators that make as many values as a constant says, and which of their inputs says so; such constants are computed as soon as a model is loaded.</summary>
    private static readonly Dictionary<string, int> Makers = new(StringComparer.Ordinal) { ["ConstantOfShape"] = 0, ["Expand"] = 1, ["Tile"] = 1, ["OneHot"] = 1 };

    /// <exception cref="GoldilocksException">An input, an output or a constant is larger; one line says which.</exception>
    public static void Check(ModelGraph graph, string path)
    {
        foreach (var (role, value) in graph.Inputs.Select(value => ("input", value)).Concat(graph.Outputs.Select(value => ("output", value))))
        {
            Int128 size = 1;
            foreach (var dimension in value.Shape.Where(dimension => !dimension.IsSymbolic && size <= MostValues)) size *= dimension.Size;
            if (size > MostValues)
                throw new GoldilocksException($"{path}: {role} {InputFile.Quote(value.Name)} has the shape {InputFile.Show([.. value.Shape.Select(dimension => dimension.Size)])} (-1: open), more than {MostValues} values.");
        }

        CheckMakers(graph, path);
    }

    private static void CheckMakers(ModelGraph graph, string path)
    {
        var constants = graph.Initializers.ToDictionary(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (node is { OpType: "Constant", Outputs: [var output] } && node.Attributes.GetValueOrDefault("value") is AttributeValue.TensorValue { Value: var value }) constants[output] = value;
            if (!Makers.TryGetValue(node.OpType, out var place) || place >= node.Inputs.Count || !constants.TryGetValue(node.Inputs[place], out var shape) || shape.Type != ElementType.Int64) continue;
            Int128 size = 1;
            foreach (var length in shape.AsInt64s())
            {
                size *= length;
                if (size > MostValues) throw new GoldilocksException($"{path}: node {InputFile.Quote(node.Name)} ({InputFile.Quote(node.OpType)}) makes more than {MostValues} values.");
            }
        }
    }
}
