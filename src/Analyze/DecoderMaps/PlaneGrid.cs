namespace Goldilocks.Analyze;

/// <summary>
/// N × N points on a square of the plane, its edges included. Row 0 has the smallest y, column 0 the smallest x; both axes have the same scale.
/// </summary>
/// <param name="Left">x of column 0.</param>
/// <param name="Bottom">y of row 0.</param>
/// <param name="Length">Of a side.</param>
/// <param name="Side">N, points per side, at least 2.</param>
internal sealed record PlaneGrid(double Left, double Bottom, double Length, int Side)
{
    /// <summary>What is added on each side, as a share of the bounding box's larger side.</summary>
    private const double Margin = 0.25;

    /// <summary>The square about the centre of the embedding's bounding box that leaves a quarter of the box's larger side around it.</summary>
    /// <exception cref="NotMeasurableException">The embedding is not finite, or all symbols lie on one point.</exception>
    public static PlaneGrid Around(Embedding embedding, int side)
    {
        double left = double.PositiveInfinity, right = double.NegativeInfinity, bottom = left, top = right;
        var values = embedding.Values;
        for (var k = 0; k < embedding.Symbols; k++)
        {
            var (x, y) = (values[2 * k], values[(2 * k) + 1]);
            if (!float.IsFinite(x) || !float.IsFinite(y)) throw new NotMeasurableException("the embedding is not finite");
            (left, right, bottom, top) = (Math.Min(left, x), Math.Max(right, x), Math.Min(bottom, y), Math.Max(top, y));
        }

        var extent = Math.Max(right - left, top - bottom);
        if (extent == 0) throw new NotMeasurableException("all symbols lie on one point of the plane");
        var length = extent * (1 + (2 * Margin));
        return new PlaneGrid(((left + right) - length) / 2, ((bottom + top) - length) / 2, length, side);
    }

    /// <summary>x of a column.</summary>
    public double X(int column) => Left + (Length * column / (Side - 1));

    /// <summary>y of a row.</summary>
    public double Y(int row) => Bottom + (Length * row / (Side - 1));
}
