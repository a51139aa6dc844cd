using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The effective dimension exp(S) of the embedding in each of several runs (section 4.2).</summary>
internal sealed class DimensionHistory
{
    private DimensionHistory(IReadOnlyList<(RunRow Run, Curve Curve)> runs)
    {
        Runs = runs;
        Band =
        [
            .. runs.SelectMany(run => run.Curve.Steps.Zip(run.Curve.Values)).GroupBy(point => point.First).Where(group => group.Count() == runs.Count).OrderBy(group => group.Key)
                .Select(group => (group.Key, Statistics.Quantile(group.Select(point => point.Second), 0.25), Statistics.Median(group.Select(point => point.Second)), Statistics.Quantile(group.Select(point => point.Second), 0.75))),
        ];
    }

    public IReadOnlyList<(RunRow Run, Curve Curve)> Runs { get; }

    /// <summary>Quartiles over the runs at every step that all of them recorded.</summary>
    public IReadOnlyList<(long Step, double Low, double Median, double High)> Band { get; }

    /// <summary>The value at the recorded step closest to one step of each run; runs that have no such step are left out.</summary>
    public double[] At(Func<RunRow, long?> step) => [.. Runs.Where(run => step(run.Run) is not null).Select(run => run.Curve.Nearest(step(run.Run)!.Value)!.Value.Value)];

    /// <summary>The largest value of each run.</summary>
    public double[] Largest() => [.. Runs.Select(run => run.Curve.Values.Max())];

    /// <exception cref="GoldilocksException">The table is missing or of another schema, or a run has no finite effective dimensions in it.</exception>
    public static DimensionHistory Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        var rows = TableFile.Open(engine, input.TrainFolder, "curves", "train").Select(["run", "step", "value"], [], "WHERE metric = 'effective_dimension' ORDER BY run, step", cancellation);
        var (ids, steps, values) = (rows["run"].ToTexts(), rows["step"].ToIntegers(), rows["value"].ToDoubles());
        var curves = Enumerable.Range(0, rows.RowCount).Where(row => double.IsFinite(values[row])).GroupBy(row => ids[row] ?? "")
            .ToDictionary(group => group.Key, group => new Curve([.. group.Select(row => steps[row])], [.. group.Select(row => values[row])]));
        if (runs.FirstOrDefault(run => !curves.ContainsKey(run.Id)) is { } without)
            throw new GoldilocksException($"curves.parquet: run {without.ShortId} has no effective_dimension, which this figure draws. Train networks with embeddings of several dimensions, such as those of the recipe transformer.");
        return new DimensionHistory([.. runs.Select(run => (run, curves[run.Id]))]);
    }
}
