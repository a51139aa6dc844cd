using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>One run's embedding along principal axes: coordinates, frequencies, and what was measured of its checkpoints.</summary>
/// <param name="Run">The run.</param>
/// <param name="Own">First two components of every checkpoint, on its own axes.</param>
/// <param name="Final">The same on the last checkpoint's axes.</param>
/// <param name="Spectrum">Frequencies at the last checkpoint.</param>
/// <param name="Analysis">By step.</param>
internal sealed record Representation(RunRow Run, EmbeddingHistory Own, EmbeddingHistory Final, Spectrum Spectrum, IReadOnlyList<AnalysisRow> Analysis)
{
    /// <summary>Components that a plane needs.</summary>
    private const int Plane = 2;

    /// <summary>The circle that the first two components show at the end.</summary>
    public Circle Circle { get; } = new(Spectrum.PlaneLeading, Own.Symbols);

    /// <summary>Reads what the analyze stage wrote of one run.</summary>
    /// <exception cref="GoldilocksException">A table is missing or of another schema, or holds nothing of the run.</exception>
    public static Representation Read(ReportInput input, QueryEngine engine, RunRow run, CancellationToken cancellation)
    {
        var filter = $"WHERE run = {SqlText.Literal(run.Id)}";
        var components = TableFile.Open(engine, input.AnalyzeFolder, "components", "analyze");
        var count = components.Compute(["run", "component"], "count(DISTINCT component) AS count", filter, cancellation)[0].WholeNumber("count");
        if (count < Plane)
            throw new GoldilocksException($"components.parquet: holds {Numbers.Counted(count, "principal component")} of run {run.ShortId}; this figure draws {Plane}. Run the analyze stage with components: {Plane} or more.");
        EmbeddingHistory Coordinates(string axes) =>
            ReportData.ReadEmbeddings(components, $"{filter} AND axes = {SqlText.Literal(axes)} AND component <= {Plane}", Plane, cancellation, index: "component");
        var frequencies = TableFile.Open(engine, input.AnalyzeFolder, "frequencies", "analyze").Rows(["step", "frequency", "share", "plane_share"], [], $"{filter} ORDER BY step, frequency", cancellation);
        if (frequencies.Count == 0) throw new GoldilocksException($"frequencies.parquet: holds nothing of run {run.ShortId}. Run the analyze stage again.");
        var last = frequencies.GroupBy(row => row.WholeNumber("step")).Last();
        return new Representation(
            run, Coordinates("own"), Coordinates("final"), new Spectrum(last.Key, [.. last.Select(row => row.RealNumber("share"))], [.. last.Select(row => row.RealNumber("plane_share"))]),
            ReportData.ReadAnalysis(TableFile.Open(engine, input.AnalyzeFolder, "analysis", "analyze"), filter, cancellation));
    }

    /// <summary>What the checkpoints of a run answer with reduced embeddings; empty where the table holds nothing of it.</summary>
    /// <exception cref="GoldilocksException">The table is missing or of another schema.</exception>
    public static IReadOnlyList<ReducedAccuracy> ReadAccuracies(ReportInput input, QueryEngine engine, RunRow run, CancellationToken cancellation) =>
    [
        .. TableFile.Open(engine, input.AnalyzeFolder, "component_accuracy", "analyze")
            .Rows(["step", "axes", "components", "validation_accuracy"], [], $"WHERE run = {SqlText.Literal(run.Id)} ORDER BY axes, components, step", cancellation)
            .Select(row => new ReducedAccuracy(row.WholeNumber("step"), row.Words("axes") == "final", (int)row.WholeNumber("components"), row.Number("validation_accuracy"))),
    ];
}
