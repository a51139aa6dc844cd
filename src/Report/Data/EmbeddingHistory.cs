namespace Goldilocks.Report;

/// <summary>The embeddings of one run at its recorded steps.</summary>
internal sealed class EmbeddingHistory
{
    private readonly double[][] _values;

    /// <param name="steps">T steps, ascending.</param>
    /// <param name="values">T × [P·D] values, symbol by symbol.</param>
    /// <param name="dimension">D.</param>
    public EmbeddingHistory(IReadOnlyList<long> steps, double[][] values, int dimension)
    {
        (Steps, _values, Dimension) = (steps, values, dimension);
        Symbols = values.Length == 0 ? 0 : values[0].Length / dimension;
    }

    /// <summary>Whether charts can draw the embedding of a run: on a line, in a plane, or as matrices. Of more dimensions, two tell nothing.</summary>
    public static bool IsDrawn(RunRow run) => run.Integer("embedding_dimension") is { } dimension && (dimension <= 2 || run.IsGroup);

    /// <summary>Nothing recorded.</summary>
    public static EmbeddingHistory None(int dimension) => new([], [], dimension);

    public IReadOnlyList<long> Steps { get; }

    /// <summary>P.</summary>
    public int Symbols { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>Whether at some step the symbols differ, so that there is something to see.</summary>
    public bool IsVisible => Enumerable.Range(0, Steps.Count).Any(index => Array.TrueForAll(Normalised(index, 0, unbiased: false), double.IsFinite));

    /// <summary>A value as trained.</summary>
    /// <param name="index">Index into <see cref="Steps"/>.</param>
    /// <param name="symbol">0..P-1.</param>
    /// <param name="component">0..D-1.</param>
    public double Value(int index, int symbol, int component) => _values[index][(symbol * Dimension) + component];

    /// <summary>
    /// One component of all symbols at a recorded step, shifted to zero mean and divided by its standard deviation
    /// (paper, section 3.2). NaN where all symbols are equal or the values are not finite.
    /// </summary>
    /// <param name="index">Index into <see cref="Steps"/>.</param>
    /// <param name="component">0..D-1.</param>
    /// <param name="unbiased">Divide squares by P-1 as the reference code does, not by P as the paper does.</param>
    public double[] Normalised(int index, int component, bool unbiased)
    {
        var values = new double[Symbols];
        for (var symbol = 0; symbol < Symbols; symbol++) values[symbol] = Value(index, symbol, component);
        var mean = values.Sum() / Symbols;
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (unbiased ? Symbols - 1 : Symbols));
        return [.. values.Select(value => deviation > 0 && double.IsFinite(deviation) ? (value - mean) / deviation : double.NaN)];
    }
}
