namespace Goldilocks.Analyze;

/// <summary>A run with its checkpoints' measurements.</summary>
/// <param name="Track">As trained; memorises.</param>
/// <param name="Rows">By step.</param>
/// <param name="Signature">Values of <see cref="RunMeasures.Columns"/>.</param>
internal sealed record RivalRun(RunTrack Track, AnalysisRow[] Rows, double?[] Signature)
{
    private readonly Dictionary<string, Curve> _curves = new(StringComparer.Ordinal);

    public double Memorised => Track.Memorised!.Value;

    /// <summary>Whether the run generalises after it memorises: only then can something come in between.</summary>
    public bool Delayed => Track.Generalised > Track.Memorised;

    /// <summary>A measure's column over the checkpoints that have it.</summary>
    public Curve CurveOf(string column)
    {
        if (_curves.TryGetValue(column, out var curve)) return curve;
        var known = Rows.Where(row => row[column] is { } value && double.IsFinite(value)).ToArray();
        return _curves[column] = new Curve([.. known.Select(row => (double)row.Step!.Value)], [.. known.Select(row => row[column]!.Value)]);
    }

    /// <summary>The value at the first checkpoint from memorisation on; null when it generalises before that.</summary>
    public double? AtMemorisation(string column)
    {
        var first = Array.Find(Rows, row => row.Step >= Track.Memorised);
        return first is null || first.Step >= Track.Generalised ? null : CurveOf(column).At(Memorised);
    }
}
