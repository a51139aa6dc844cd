namespace Goldilocks.Graph.Compile;

/// <summary>Rows cut into pieces of nearly equal size.</summary>
internal readonly record struct Chunks(int Rows, int Count)
{
    /// <summary>Samples in a chunk of a large model; a small model's chunks have up to four times as many.</summary>
    public const int Fewest = 128, Most = 512;

    /// <summary>Bytes of values and gradients that a chunk of more than <see cref="Fewest"/> samples may have: they stay in a core's caches.</summary>
    private const long Budget = 4 << 20;

    /// <summary>
    /// Chunks for a graph's values: the larger, the less is computed anew in each of them of what does not depend on samples; at least two when there are more
    /// than <see cref="Fewest"/> rows, so that a second core finds work.
    /// </summary>
    public static Chunks Of(ModelGraph graph, int rows)
    {
        var values = ShapeInference.Run(graph).Values.Where(value => value.Shape is [{ IsSymbolic: true }, ..]).Sum(value => value.Shape.Skip(1).Aggregate(1L, (size, dimension) => size * dimension.Size));
        var largest = (int)Math.Clamp(Budget / (values * 2 * sizeof(float)), Fewest, Most);
        return new Chunks(rows, Math.Max((rows + largest - 1) / largest, rows > Fewest ? 2 : 1));
    }

    /// <summary>Rows of the largest chunk.</summary>
    public int LargestRows => (Rows + Count - 1) / Count;

    public int First(int chunk) => (int)((long)Rows * chunk / Count);

    public int RowsOf(int chunk) => First(chunk + 1) - First(chunk);
}
