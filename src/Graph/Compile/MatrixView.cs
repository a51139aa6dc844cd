namespace Goldilocks.Graph.Compile;

/// <summary>A window on a row-major matrix with padded rows, valid while its plan lives.</summary>
/// <param name="Data">First element.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">True columns.</param>
/// <param name="Stride">Floats from one row to the next.</param>
public readonly unsafe record struct MatrixView(nint Data, int Rows, int Columns, int Stride)
{
    /// <summary>Row <paramref name="row"/> without its padding.</summary>
    public Span<float> this[int row] => new((float*)Data + ((long)row * Stride), Columns);
}
