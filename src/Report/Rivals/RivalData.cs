using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The tables behind the page of the rival accounts.</summary>
/// <param name="Runs">By seed.</param>
/// <param name="Rows">What the runs together say of each measure; empty for a single run.</param>
internal sealed record RivalData(IReadOnlyList<RivalRun> Runs, IReadOnlyList<RivalRow> Rows)
{
    /// <exception cref="GoldilocksException">A table is missing or of another schema, or the runs are of several recipes.</exception>
    public static RivalData Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        if (new RunGroup(runs).Common("recipe") is null) throw new GoldilocksException("runs.parquet: holds runs of several recipes; this figure compares runs of one. Train them into folders of their own.");
        var rows = runs.Count == 1 ? [] : Rivals(input, engine, cancellation);
        var curves = Curves(input, engine, rows, cancellation);
        var signatures = input.AnalyzeFolder is { } folder && TableFile.TryOpen(engine, folder, "signatures") is { } table
            ? table.Rows(["run"], ["train_midpoint", "validation_midpoint", "loss_spikes"], "ORDER BY run", cancellation).ToDictionary(row => row.Words("run"))
            : [];
        return new RivalData([.. runs.Select(run => new RivalRun(run, curves.GetValueOrDefault(run.Id, []), signatures.GetValueOrDefault(run.Id)))], rows);
    }

    private static RivalRow[] Rivals(ReportInput input, QueryEngine engine, CancellationToken cancellation)
    {
        if (input.AnalyzeFolder is { } folder && !File.Exists(Path.Combine(folder, "rivals.parquet")))
            throw new GoldilocksException($"{Path.Combine(folder, "rivals.parquet")}: no such file. Run the analyze stage with rivals: true.");
        return ReadRows(engine, input.AnalyzeFolder, cancellation);
    }

    /// <summary>What the runs of a folder together say of each measure.</summary>
    /// <exception cref="GoldilocksException">The table is missing or of another schema.</exception>
    public static RivalRow[] ReadRows(QueryEngine engine, string? analyzeFolder, CancellationToken cancellation)
    {
        string[] columns =
        [
            "measure", "account", "lead_runs", "lead_steps", "lead_low", "lead_high", "lead_factor", "lead_share", "runs", "rank_correlation", "rank_low", "rank_high", "within_correlation", "generalising",
            "auc", "auc_low", "auc_high",
        ];
        return [.. TableFile.Open(engine, analyzeFolder, "rivals", "analyze").Rows(columns, [], "ORDER BY recipe, measure", cancellation).Select(RivalRow.Of)];
    }

    private static Dictionary<string, Dictionary<string, Curve>> Curves(ReportInput input, QueryEngine engine, IEnumerable<RivalRow> rows, CancellationToken cancellation)
    {
        var table = TableFile.Open(engine, input.AnalyzeFolder, "analysis", "analyze");
        string[] columns = [.. RivalCatalog.All.Select(measure => measure.Column).Concat(rows.Select(row => row.Measure.Column)).Concat(["train_accuracy", "validation_accuracy"]).Distinct().Where(table.Has)];
        var result = table.Select(["run", "step"], columns, "WHERE run IS NOT NULL ORDER BY run, step", cancellation);
        var (runs, steps) = (result["run"].ToTexts(), result["step"].ToIntegers());
        var values = columns.ToDictionary(column => column, column => result[column].ToDoubles());
        return Enumerable.Range(0, result.RowCount).GroupBy(row => runs[row]!).ToDictionary(group => group.Key, group => columns.ToDictionary(column => column, column =>
        {
            int[] known = [.. group.Where(row => double.IsFinite(values[column][row]))];
            return new Curve([.. known.Select(row => steps[row])], [.. known.Select(row => values[column][row])]);
        }));
    }
}
