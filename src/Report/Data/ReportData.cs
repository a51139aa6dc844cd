using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The tables behind a report.</summary>
/// <param name="Runs">All runs, by seed.</param>
/// <param name="First">The first of them with everything recorded.</param>
internal sealed record ReportData(IReadOnlyList<RunRow> Runs, RunDetail First)
{
    /// <exception cref="GoldilocksException">A table is missing, damaged, of another schema, or without a run.</exception>
    public static ReportData Read(string trainFolder, string? analyzeFolder, CancellationToken cancellation)
    {
        using var engine = new QueryEngine(threads: 1);
        var runs = ReadRuns(engine, trainFolder, cancellation);
        return new ReportData(runs, ReadDetail(engine, trainFolder, analyzeFolder, runs[0], cancellation));
    }

    /// <summary>Everything recorded of one run.</summary>
    /// <exception cref="GoldilocksException">A table is missing, damaged or of another schema.</exception>
    public static RunDetail ReadDetail(QueryEngine engine, string trainFolder, string? analyzeFolder, RunRow run, CancellationToken cancellation) => Detail(
        TableFile.Open(engine, trainFolder, "curves", "train"), () => TableFile.Open(engine, trainFolder, "embeddings", "train"),
        analyzeFolder is null ? null : TableFile.TryOpen(engine, analyzeFolder, "analysis"), run, cancellation);

    /// <summary>The same from tables that are open.</summary>
    /// <param name="curveTable">Of all runs.</param>
    /// <param name="embeddingTable">Opened where charts can draw the embedding; null: there is none.</param>
    /// <param name="analysisTable">Null: there is no analysis.</param>
    /// <param name="run">Whose.</param>
    /// <param name="cancellation">Stops the queries.</param>
    /// <exception cref="GoldilocksException">A table is damaged or of another schema.</exception>
    public static RunDetail Detail(TableFile curveTable, Func<TableFile?> embeddingTable, TableFile? analysisTable, RunRow run, CancellationToken cancellation)
    {
        var filter = $"WHERE run = {SqlText.Literal(run.Id)}";
        var embeddings = EmbeddingHistory.IsDrawn(run) && embeddingTable() is { } table ? ReadEmbeddings(table, filter, run.Dimension, cancellation) : EmbeddingHistory.None(run.Dimension);
        return RunDetail.Of(run, ReadCurves(curveTable, filter, cancellation), embeddings, analysisTable is null ? null : ReadAnalysis(analysisTable, filter, cancellation));
    }

    /// <inheritdoc cref="ReadRuns(QueryEngine, string, CancellationToken)"/>
    public static IReadOnlyList<RunRow> ReadRuns(string trainFolder, CancellationToken cancellation)
    {
        using var engine = new QueryEngine(threads: 1);
        return ReadRuns(engine, trainFolder, cancellation);
    }

    /// <summary>All runs, by seed.</summary>
    /// <exception cref="GoldilocksException">The table is missing, damaged, of another schema, or without a run.</exception>
    public static IReadOnlyList<RunRow> ReadRuns(QueryEngine engine, string trainFolder, CancellationToken cancellation)
    {
        var table = TableFile.Open(engine, trainFolder, "runs", "train");
        table.Require("run", "phase", "executed_steps");
        var rows = table.SelectAll(table.Has("seed") ? "ORDER BY seed, run" : "ORDER BY run", cancellation);
        if (rows.RowCount == 0) throw new GoldilocksException($"{Path.Combine(trainFolder, "runs.parquet")}: holds no run. Train at least one.");
        return [.. rows.Rows.Select(row => new RunRow([.. rows.Columns.Select((column, i) => KeyValuePair.Create(column.Name, row[i]))]))];
    }

    private static Dictionary<(string, string), Curve> ReadCurves(TableFile table, string filter, CancellationToken cancellation)
    {
        var rows = table.Select(["split", "metric", "step", "value"], [], $"{filter} ORDER BY split, metric, step", cancellation);
        var (splits, metrics, steps, values) = (rows["split"].ToTexts(), rows["metric"].ToTexts(), rows["step"].ToIntegers(), rows["value"].ToDoubles());
        return Enumerable.Range(0, rows.RowCount)
            .GroupBy(row => (splits[row] ?? "", metrics[row] ?? ""))
            .ToDictionary(group => group.Key, group => new Curve([.. group.Select(row => steps[row])], [.. group.Select(row => values[row])]));
    }

    /// <summary>The curves of one run.</summary>
    /// <exception cref="GoldilocksException">A column is missing.</exception>
    public static RunCurves ReadCurves(TableFile table, RunRow run, CancellationToken cancellation)
    {
        var curves = ReadCurves(table, $"WHERE run = {SqlText.Literal(run.Id)} AND metric IN ('accuracy', 'effective_dimension')", cancellation);
        Curve Find(string split, string metric) => curves.GetValueOrDefault((split, metric), Curve.Empty);
        return new RunCurves(run, Find("train", "accuracy"), Find("validation", "accuracy"), Find("all", "effective_dimension"));
    }

    /// <summary>The recorded embeddings of one run.</summary>
    /// <param name="table">One row per step, symbol and component.</param>
    /// <param name="filter">SQL that chooses the run.</param>
    /// <param name="dimension">Components of each symbol.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <param name="index">The column that numbers the components.</param>
    /// <exception cref="GoldilocksException">A column, or a value at some step, is missing.</exception>
    public static EmbeddingHistory ReadEmbeddings(TableFile table, string filter, int dimension, CancellationToken cancellation, string index = "dimension")
    {
        var rows = table.Select(["step", "symbol", index, "value"], [], $"{filter} ORDER BY step, symbol, {SqlText.Identifier(index)}", cancellation);
        var (steps, values) = (rows["step"].ToIntegers(), rows["value"].ToDoubles());
        var states = Enumerable.Range(0, rows.RowCount).GroupBy(row => steps[row]).Select(group => (Step: group.Key, Values: group.Select(row => values[row]).ToArray())).ToArray();
        if (states.Any(state => state.Values.Length != states[0].Values.Length || state.Values.Length % dimension != 0))
            throw new GoldilocksException($"{table.Name}.parquet: symbols or dimensions are missing at some step. Run the stage that writes it again.");
        return new EmbeddingHistory([.. states.Select(state => state.Step)], [.. states.Select(state => state.Values)], dimension);
    }

    /// <summary>What was measured of the checkpoints of one run, by step.</summary>
    /// <exception cref="GoldilocksException">The step is missing.</exception>
    public static IReadOnlyList<AnalysisRow> ReadAnalysis(TableFile table, string filter, CancellationToken cancellation)
    {
        string[] optional = ["train_accuracy", "validation_accuracy", "rqi", "predicted_accuracy", "ideal_accuracy", "nullity", "effective_dimension", "output_difference"];
        var rows = table.Select(["step"], optional, $"{filter} ORDER BY step", cancellation);
        var steps = rows["step"].ToIntegers();
        var columns = optional.ToDictionary(name => name, name => table.Has(name) ? rows[name].ToDoubles() : null);
        return [.. Enumerable.Range(0, rows.RowCount).Select(row =>
        {
            double? At(string name) => columns[name] is { } values && !double.IsNaN(values[row]) ? values[row] : null;
            return new AnalysisRow(steps[row], At("train_accuracy"), At("validation_accuracy"), At("rqi"), At("predicted_accuracy"), At("ideal_accuracy"),
                At("nullity"), At("effective_dimension"), At("output_difference"));
        })];
    }
}
