using Goldilocks.Native;
using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>Whether single entries stand out of the weights' spectra, and how heavy the spectra's tails are.</summary>
internal sealed class CorrelationTrapMeasure : IMeasure
{
    private const int Smallest = 8, Largest = 4096;

    public string Name => "correlation_traps";

    public string Source => "correlation traps; Clauset et al. (2009)";

    public string Needs => "weights";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("correlation_traps", ColumnType.Int64, "eigenvalues beyond the Marchenko-Pastur edge and the Tracy-Widom width after the entries of a weight matrix are shuffled, summed over the matrices with at least 8 rows and columns"),
        new("spectral_exponent", ColumnType.Float64, "mean over these matrices of the exponent of the power law in the tail of their spectra"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var matrices = context.Checkpoint.Parameters.Where(IsMatrix).ToArray();
        if (matrices.Length == 0) throw new NotMeasurableException($"no weight matrix has {Smallest} rows and columns");
        foreach (var matrix in matrices)
        {
            foreach (var value in matrix.AsFloats())
                if (!float.IsFinite(value)) throw new NotMeasurableException("the weights are not finite");
        }

        var found = matrices.Select(matrix => CorrelationTraps.Of(matrix.AsFloats(), (int)matrix.Shape[0], (int)matrix.Shape[1], seed: 0)).ToArray();
        var exponents = found.Select(one => one.Alpha).Where(double.IsFinite).ToArray();
        return [found.Sum(one => one.Traps), exponents.Length > 0 ? exponents.Average() : null];
    }

    private static bool IsMatrix(Tensor tensor) => tensor is { Type: ElementType.Float32, Shape: [>= Smallest and <= Largest, >= Smallest and <= Largest] };
}
