namespace Goldilocks.Analyze;

/// <summary>The checkpoints of one run, told by their names before any is read.</summary>
/// <param name="Files">In the order of their steps.</param>
internal sealed record RunFiles(IReadOnlyList<ModelFile> Files)
{
    public static IReadOnlyList<RunFiles> Group(IEnumerable<ModelFile> files) =>
        [.. files.GroupBy(file => file.Series?.Run ?? file.Path, (_, run) => new RunFiles([.. run.OrderBy(file => file.Series?.Step)]))];

    /// <summary>Stretches of neighbours that together are about as many as <paramref name="wanted"/>, by the index of their first and the number of their files.</summary>
    public IEnumerable<Range> Cut(int total, int wanted)
    {
        var pieces = Math.Clamp((int)Math.Ceiling((double)wanted * Files.Count / total), 1, Files.Count);
        for (var piece = 0; piece < pieces; piece++) yield return (Files.Count * piece / pieces)..(Files.Count * (piece + 1) / pieces);
    }
}
