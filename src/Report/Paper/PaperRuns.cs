using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Which runs a figure of the paper is made of.</summary>
internal static class PaperRuns
{
    /// <summary>Training pairs of the paper's own trajectory, Figure 4 (d).</summary>
    private const long PublishedSamples = 45;

    /// <summary>RQI that the paper's figures ask for.</summary>
    private const double PaperThreshold = 0.95;

    /// <summary>All runs, which must be of one addition and count by the paper's threshold.</summary>
    /// <exception cref="GoldilocksException">A column is missing, the runs are of several tasks, or a threshold is another.</exception>
    public static RunGroup Addition(IReadOnlyList<RunRow> runs)
    {
        foreach (var run in runs) _ = (run.WholeNumber("p"), run.Fraction, run.Seed);
        var group = new RunGroup(runs);
        if (group.Common("p") is null) throw new GoldilocksException("runs.parquet: holds runs of several p; this figure compares runs of one. Train them into folders of their own.");
        if (runs.FirstOrDefault(run => run.Text("operation") is not (null or "add")) is { } other)
            throw new GoldilocksException($"runs.parquet: holds a run of the operation {other.Text("operation")}; this figure is about addition. Train it into a folder of its own.");
        if (runs.FirstOrDefault(run => run.RqiThreshold != PaperThreshold) is { } moved)
            throw new GoldilocksException($"runs.parquet: holds a run with rqi_threshold = {Numbers.Fraction(moved.RqiThreshold)}; this figure counts by the paper's {Numbers.Fraction(PaperThreshold)}. Train it into a folder of its own.");
        return group;
    }

    /// <summary>The run whose one-dimensional embedding was recorded at most steps; of several, the lowest seed and the size nearest to the paper's.</summary>
    /// <exception cref="GoldilocksException">There is none, or a table is missing or of another schema.</exception>
    public static RunDetail Recorded(ReportInput input, QueryEngine engine, RunGroup runs, CancellationToken cancellation)
    {
        var table = TableFile.Open(engine, input.TrainFolder, "embeddings", "train");
        var counts = table.Compute(["run", "step"], "run, count(DISTINCT step) AS steps", "GROUP BY run", cancellation).ToDictionary(row => row.Words("run"), row => row.WholeNumber("steps"));
        var run = runs.Runs.Where(run => run.Dimension == 1 && counts.ContainsKey(run.Id))
            .OrderByDescending(run => counts[run.Id]).ThenBy(run => run.Seed).ThenBy(run => Math.Abs(run.TrainSamples - PublishedSamples)).FirstOrDefault()
            ?? throw new GoldilocksException("embeddings.parquet: holds no run with a one-dimensional embedding, which this figure draws. Train one.");
        return new RunDetail
        {
            Row = run,
            TrainAccuracy = Curve.Empty,
            ValidationAccuracy = Curve.Empty,
            TrainLoss = Curve.Empty,
            ValidationLoss = Curve.Empty,
            Rqi = Curve.Empty,
            EffectiveDimension = Curve.Empty,
            Embeddings = ReportData.ReadEmbeddings(table, $"WHERE run = {SqlText.Literal(run.Id)}", 1, cancellation),
            Analysis = null,
        };
    }
}
