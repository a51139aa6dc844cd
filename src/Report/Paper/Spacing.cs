namespace Goldilocks.Report;

/// <summary>Places for labels that must not cover each other.</summary>
internal static class Spacing
{
    /// <summary>
    /// Moves ascending places as little as possible (in squares) until neighbours are <paramref name="least"/> apart: neighbours that are too close form
    /// a block around their common mean, and blocks that then touch are merged.
    /// </summary>
    public static double[] Apart(IReadOnlyList<double> places, double least)
    {
        // Without the distances wanted, the task is to make a sequence ascend: pool adjacent violators.
        var blocks = new List<(double Mean, int Count)>();
        for (var i = 0; i < places.Count; i++)
        {
            var block = (Mean: places[i] - (i * least), Count: 1);
            while (blocks.Count > 0 && blocks[^1].Mean > block.Mean)
            {
                var (mean, count) = blocks[^1];
                block = (((mean * count) + (block.Mean * block.Count)) / (count + block.Count), count + block.Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Mean, block.Count)).Select((mean, i) => mean + (i * least))];
    }
}
