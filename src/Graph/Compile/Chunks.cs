namespace Goldilocks.Graph.Compile;

/// <summary>Rows cut into pieces of nearly equal size whose values stay in a core's cache.</summary>
internal readonly record struct Chunks(int Rows, int Count)
{
    /// <summary>Most samples in a chunk.</summary>
    public const int Largest = 128;

    public static Chunks Of(int rows) => new(rows, (rows + Largest - 1) / Largest);

    /// <summary>Rows of the largest chunk.</summary>
    public int LargestRows => (Rows + Count - 1) / Count;

    public int First(int chunk) => (int)((long)Rows * chunk / Count);

    public int RowsOf(int chunk) => First(chunk + 1) - First(chunk);
}
