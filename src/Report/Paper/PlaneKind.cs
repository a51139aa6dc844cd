namespace Goldilocks.Report;

/// <summary>The runs of one panel of Figure 2, and the one that is shown.</summary>
internal sealed class PlaneKind
{
    /// <param name="isModular">Whether the task is modular addition.</param>
    /// <param name="isOrganised">Whether the decoder is regularised, so that the embeddings organise.</param>
    /// <param name="runs">By seed.</param>
    /// <param name="structure">How much structure a run's embedding has, which decides among equal accuracies.</param>
    /// <param name="read">Reads the picture of the run that is shown.</param>
    public PlaneKind(bool isModular, bool isOrganised, IReadOnlyList<RunRow> runs, Func<RunRow, double> structure, Func<RunRow, (DecoderMap Map, EmbeddingHistory Embeddings)> read)
    {
        (IsModular, IsOrganised, Runs) = (isModular, isOrganised, runs);
        var sign = isOrganised ? -1 : 1;
        Shown = runs.OrderBy(run => sign * run.RealNumber("final_accuracy")).ThenBy(run => sign * structure(run)).First();
        (Map, var history) = read(Shown);
        var state = Search.Nearest(history.Steps, Map.Step);
        Points = [.. Enumerable.Range(0, history.Symbols).Select(symbol => (history.Value(state, symbol, 0), history.Value(state, symbol, 1)))];
    }

    public bool IsModular { get; }

    public bool IsOrganised { get; }

    public IReadOnlyList<RunRow> Runs { get; }

    public RunRow Shown { get; }

    public DecoderMap Map { get; }

    /// <summary>Embeddings of the symbols at the map's step.</summary>
    public IReadOnlyList<(double X, double Y)> Points { get; }

    /// <summary>Runs whose validation accuracy reached the threshold.</summary>
    public int Generalised => Runs.Count(run => run.ValidationStep is not null);

    /// <summary>The panel's letter, as in the paper.</summary>
    public char Letter => (char)('a' + (IsModular ? 2 : 0) + (IsOrganised ? 1 : 0));

    /// <summary>The decoder in words.</summary>
    public string Decoder => IsOrganised ? "with a regularised decoder" : "with an unregularised decoder";

    /// <summary>
    /// The order in which a closed path through all symbols is shortest among those of equal steps k, 2k, 3k, ... modulo p; for addition, which has no
    /// circle, simply 0, 1, 2, ....
    /// </summary>
    public (int Stride, int[] Path) Order()
    {
        var p = Points.Count;
        if (!IsModular) return (1, [.. Enumerable.Range(0, p)]);
        int[] Path(int stride) => [.. Enumerable.Range(0, p + 1).Select(i => i * stride % p)];
        double Length(int[] path) => path.Zip(path.Skip(1), (a, b) => Math.Sqrt(Math.Pow(Points[a].X - Points[b].X, 2) + Math.Pow(Points[a].Y - Points[b].Y, 2))).Sum();
        // A stride that shares a divisor with p would not visit all.
        var best = Enumerable.Range(1, Math.Max(1, p / 2)).Where(stride => Path(stride).Distinct().Count() == p).MinBy(stride => Length(Path(stride)));
        return (best, Path(best));
    }
}
