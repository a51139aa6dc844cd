namespace Goldilocks.Report;

/// <summary>One way to look at the embedding of a run over its steps.</summary>
/// <param name="Id">"line", "plane", "map", "own" or "final".</param>
/// <param name="Name">In words, for the reader to choose.</param>
/// <param name="Axes">Titles of the axes, one or two.</param>
/// <param name="History">Coordinates as drawn, with as many dimensions as axes; not a number where the embedding has no spread.</param>
/// <param name="IsNormalised">Whether distances are those that parallelograms are counted by.</param>
internal sealed record EmbeddingView(string Id, string Name, IReadOnlyList<string> Axes, EmbeddingHistory History, bool IsNormalised)
{
    /// <summary>The views of an embedding of one or two dimensions: as it is, normalised, and on the decoder's map where there is one.</summary>
    public static IEnumerable<EmbeddingView> Direct(RunDetail run, DecoderMap? map)
    {
        var raw = run.Embeddings;
        if (raw.Symbols < 2 || run.Row.IsGroup || raw.Dimension > 2 || !raw.IsVisible) yield break;
        var normalised = Normalised(raw, run.Row.IsReferenceConvention);
        yield return raw.Dimension == 1
            ? new EmbeddingView("line", "on a line", ["Embedding value (normalised, no unit)"], normalised, IsNormalised: true)
            : new EmbeddingView("plane", "in its plane", ["First dimension (normalised, no unit)", "Second dimension (normalised, no unit)"], normalised, IsNormalised: true);

        // The decoder sees the sum or the mean of two embeddings; a symbol stands where it sees the symbol twice.
        if (map is not null && raw.Dimension == 2)
            yield return new EmbeddingView("map", "on the decoder's map", ["First component of the decoder's input (no unit)", "Second component (no unit)"], run.Row.Text("input") == "mean" ? raw : Scaled(raw, 2), IsNormalised: false);
    }

    /// <summary>The views along principal axes.</summary>
    public static IEnumerable<EmbeddingView> Principal(EmbeddingHistory own, EmbeddingHistory final)
    {
        yield return new EmbeddingView("final", "on the axes of the end", ["First principal component of the last checkpoint (no unit)", "Second (no unit)"], final, IsNormalised: false);
        yield return new EmbeddingView("own", "on its own axes", ["First principal component (no unit)", "Second (no unit)"], own, IsNormalised: false);
    }

    /// <summary>Shifted to zero mean and divided by the spread, as the run's convention has it (section 3.2): the paper's over all dimensions together, the reference code's per dimension.</summary>
    private static EmbeddingHistory Normalised(EmbeddingHistory raw, bool isReference)
    {
        double[] At(int index)
        {
            var size = raw.Symbols * raw.Dimension;
            var (mean, squares) = (new double[raw.Dimension], new double[raw.Dimension]);
            for (var k = 0; k < size; k++) mean[k % raw.Dimension] += raw.Value(index, k / raw.Dimension, k % raw.Dimension) / raw.Symbols;
            for (var k = 0; k < size; k++) squares[k % raw.Dimension] += Math.Pow(raw.Value(index, k / raw.Dimension, k % raw.Dimension) - mean[k % raw.Dimension], 2);
            var all = squares.Sum();
            double Spread(int d) => Math.Sqrt(isReference ? squares[d] / (raw.Symbols - 1) : all / raw.Symbols);
            return [.. Enumerable.Range(0, size).Select(k => Spread(k % raw.Dimension) is > 0 and var spread && double.IsFinite(spread) ? (raw.Value(index, k / raw.Dimension, k % raw.Dimension) - mean[k % raw.Dimension]) / spread : double.NaN)];
        }

        return new EmbeddingHistory(raw.Steps, [.. Enumerable.Range(0, raw.Steps.Count).Select(At)], raw.Dimension);
    }

    private static EmbeddingHistory Scaled(EmbeddingHistory raw, double factor) => new(
        raw.Steps, [.. Enumerable.Range(0, raw.Steps.Count).Select(index => Enumerable.Range(0, raw.Symbols * raw.Dimension).Select(k => factor * raw.Value(index, k / raw.Dimension, k % raw.Dimension)).ToArray())], raw.Dimension);
}
