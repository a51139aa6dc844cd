using Goldilocks.Core;
using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>What is refused before anything is computed: inputs and outputs that no memory holds.</summary>
internal static class ModelLimits
{
    /// <summary>Values of an input or output for one sample.</summary>
    private const long MostValues = 1L << 27;

    /// <exception cref="GoldilocksException">An input or output is larger; one line says which.</exception>
    public static void Check(ModelGraph graph, string path)
    {
        foreach (var (role, value) in graph.Inputs.Select(value => ("input", value)).Concat(graph.Outputs.Select(value => ("output", value))))
        {
            Int128 size = 1;
            foreach (var dimension in value.Shape.Where(dimension => !dimension.IsSymbolic && size <= MostValues)) size *= dimension.Size;
            if (size > MostValues)
                throw new GoldilocksException($"{path}: {role} {InputFile.Quote(value.Name)} has the shape {InputFile.Show([.. value.Shape.Select(dimension => dimension.Size)])} (-1: open), more than {MostValues} values.");
        }
    }
}
