using System.Diagnostics;

namespace Goldilocks.Numerics;

/// <summary>Permutation of axes that leaves the last one alone (ONNX Transpose): whole padded rows move.</summary>
public static unsafe class Permutation
{
    /// <summary>destination[i_perm[0], i_perm[1], ..] = source[i_0, i_1, ..], a row each.</summary>
    /// <param name="source">Rows in the order of <paramref name="shape"/>.</param>
    /// <param name="shape">Lengths of the leading axes.</param>
    /// <param name="perm">Axis d of the destination is axis perm[d] of the source.</param>
    /// <param name="rowFloats">Floats from one row to the next, padding included, of both.</param>
    /// <param name="destination">As many rows; not the source.</param>
    public static void Rows(float* source, ReadOnlySpan<int> shape, ReadOnlySpan<int> perm, int rowFloats, float* destination)
    {
        Debug.Assert(shape.Length == perm.Length);

        // Trailing axes that stay where they are belong to the rows.
        var axes = shape.Length;
        var block = rowFloats;
        while (axes > 0 && perm[axes - 1] == axes - 1) block *= shape[--axes];
        if (axes == 0)
        {
            new Span<float>(source, block).CopyTo(new Span<float>(destination, block));
            return;
        }

        var steps = stackalloc long[axes];
        var step = (long)block;
        for (var axis = axes - 1; axis >= 0; axis--)
        {
            steps[axis] = step;
            step *= shape[axis];
        }

        var last = perm[axes - 1];
        var index = stackalloc int[axes];
        new Span<int>(index, axes).Clear();
        var end = destination + step;
        while (destination < end)
        {
            var from = source;
            for (var i = 0; i < shape[last]; i++, from += steps[last], destination += block)
                new Span<float>(from, block).CopyTo(new Span<float>(destination, block));

            // The next row of the axes before the last: like an odometer.
            for (var d = axes - 2; d >= 0; d--)
            {
                source += steps[perm[d]];
                if (++index[d] < shape[perm[d]]) break;
                source -= steps[perm[d]] * shape[perm[d]];
                index[d] = 0;
            }
        }
    }
}
