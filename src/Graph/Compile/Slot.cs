using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>
/// A value of the graph inside a plan: a matrix whose rows are all leading dimensions and whose columns are the last one. Values that begin
/// with the batch dimension have more rows in the forward pass than in the backward pass, which covers the leading rows only.
/// </summary>
internal sealed unsafe class Slot
{
    public Slot(ValueInfo info, int forwardBatch, int gradientBatch)
    {
        Info = info;
        IsBatch = info.Shape.Count > 0 && info.Shape[0].IsSymbolic;
        long rows = 1;
        long gradientRows = 1;
        for (var i = 0; i < info.Shape.Count; i++)
        {
            var dimension = info.Shape[i];
            if (i == info.Shape.Count - 1 && !dimension.IsSymbolic)
            {
                Columns = (int)dimension.Size;
                break;
            }

            rows *= dimension.IsSymbolic ? forwardBatch : dimension.Size;
            gradientRows *= dimension.IsSymbolic ? gradientBatch : dimension.Size;
        }

        Rows = checked((int)rows);
        GradientRows = checked((int)gradientRows);
        Stride = info.Type == ElementType.Float32 ? Layout.Stride(Columns) : Columns;
    }

    public ValueInfo Info { get; }

    public bool IsBatch { get; }

    public int Rows { get; }

    public int GradientRows { get; }

    public int Columns { get; } = 1;

    /// <summary>Floats (or indices) between rows. Weights kept transposed have the stride of their transpose.</summary>
    public int Stride { get; private set; }

    /// <summary>A weight [out, in] that is kept as [in, out], the order in which its products read it.</summary>
    public bool IsTransposed { get; private set; }

    /// <summary>Whether a trainable parameter influences the value.</summary>
    public bool NeedsGradient { get; set; }

    /// <summary>Whether the value is itself a trainable parameter.</summary>
    public bool IsTrained { get; set; }

    /// <summary>Whether a kernel has written the gradient already, so that the next one must add.</summary>
    public bool HasGradient { get; set; }

    /// <summary>Whether the gradient of the product that the value activates takes its place.</summary>
    public bool IsGradientOverwritten { get; set; }

    public float* Data { get; set; }

    public int* Indices { get; set; }

    public float* Gradient { get; set; }

    /// <summary>Rows of the matrix that one sample of the batch has.</summary>
    public int RowsPerSample => (int)Info.Shape.Skip(1).SkipLast(1).Aggregate(1L, (product, dimension) => product * dimension.Size);

    public int StoredRows => IsTransposed ? Columns : Rows;

    public int StoredColumns => IsTransposed ? Rows : Columns;

    /// <summary>Floats of the forward value, padding included.</summary>
    public long Size => (long)StoredRows * Stride;

    /// <summary>Floats of the gradient, padding included.</summary>
    public long GradientSize => IsTransposed ? Size : (long)GradientRows * Stride;

    public void Transpose()
    {
        IsTransposed = true;
        Stride = Layout.Stride(Rows);
    }

    /// <summary>Reads [rows × columns] in the graph's own order from the stored form at <paramref name="source"/>.</summary>
    public float[] ToDense(float* source, int rows)
    {
        var dense = new float[(long)rows * Columns];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < Columns; c++)
                dense[((long)r * Columns) + c] = IsTransposed ? source[((long)c * Stride) + r] : source[((long)r * Stride) + c];
        return dense;
    }

    /// <summary>Writes [rows × columns] in the graph's own order to the stored form at <paramref name="destination"/>.</summary>
    public void FromDense(ReadOnlySpan<float> dense, float* destination)
    {
        for (var r = 0; r < Rows; r++)
            for (var c = 0; c < Columns; c++)
                *(IsTransposed ? destination + ((long)c * Stride) + r : destination + ((long)r * Stride) + c) = dense[(r * Columns) + c];
    }

    /// <summary>Takes over constant indices; values beyond an index's range (open ends of shapes and axes) are never used as one.</summary>
    public void FromConstant(ReadOnlySpan<long> values)
    {
        for (var i = 0; i < values.Length; i++) Indices[i] = (int)Math.Clamp(values[i], int.MinValue, int.MaxValue);
    }
}
