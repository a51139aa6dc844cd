namespace Goldilocks.Numerics;

/// <summary>Axes in another order.</summary>
public static unsafe class Permutation
{
    private const int MostAxes = 8;

    /// <summary>Copies whole rows [i0, i1, ..] to the order in which axis n of the result is axis order[n] of the source.</summary>
    /// <param name="source">Rows of <paramref name="rowFloats"/> floats, the last axis of <paramref name="shape"/> running fastest.</param>
    /// <param name="shape">Sizes of the axes that number the rows, at most 8.</param>
    /// <param name="order">Each axis once.</param>
    /// <param name="rowFloats">Floats of a row, padding included.</param>
    /// <param name="destination">As many rows.</param>
    public static void Rows(float* source, ReadOnlySpan<int> shape, ReadOnlySpan<int> order, int rowFloats, float* destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Length, MostAxes);
        Span<int> steps = stackalloc int[MostAxes];
        Span<int> index = stackalloc int[MostAxes];
        index.Clear();
        var rows = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            for (var n = 0; n < order.Length; n++)
                if (order[n] == axis) steps[n] = rows;
            rows *= shape[axis];
        }

        var from = 0;
        for (var row = 0; row < rows; row++)
        {
            new Span<float>(source + ((long)from * rowFloats), rowFloats).CopyTo(new Span<float>(destination + ((long)row * rowFloats), rowFloats));
            for (var n = order.Length - 1; n >= 0; n--)
            {
                from += steps[n];
                if (++index[n] < shape[order[n]]) break;
                from -= steps[n] * shape[order[n]];
                index[n] = 0;
            }
        }
    }
}
