using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes and reads made-up tables of sweeps.</summary>
internal static class SweepTables
{
    /// <summary>Writes <c>runs.parquet</c>.</summary>
    public static void Write(string folder, IEnumerable<SweepRun> runs)
    {
        using var table = SampleTables.Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("program", ColumnType.Text), ("convention", ColumnType.Text), ("loss", ColumnType.Text), ("p", ColumnType.Int64),
            ("train_samples", ColumnType.Int64), ("steps", ColumnType.Int64), ("accuracy_threshold", ColumnType.Float64), ("grokking_gap", ColumnType.Int64), ("embedding_lr", ColumnType.Float64),
            ("decoder_lr", ColumnType.Float64), ("decoder_weight_decay", ColumnType.Float64), ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64), ("validation_accuracy_step", ColumnType.Int64),
            ("rqi_step", ColumnType.Int64), ("executed_steps", ColumnType.Int64), ("samples", ColumnType.Int64), ("ideal_accuracy", ColumnType.Float64), ("final_rqi", ColumnType.Float64), ("measured_later", ColumnType.Float64));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append("phase_diagram").Append("reference").Append(run.Loss).Append(10L).Append(45L).Append((long?)run.Steps)
                .Append(0.9).Append(1000L).Append((double?)run.EmbeddingLr).Append((double?)run.DecoderLr).Append((double?)run.DecoderWeightDecay).Append(run.Phase).Append(run.TrainStep)
                .Append(run.ValidationStep).AppendNull().Append((long?)run.Steps).Append(55L).Append(run.Ideal).Append(0.5).Append((double?)run.DecoderLr).EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }

    /// <summary>The runs, read back.</summary>
    public static IReadOnlyList<RunRow> Read(params IReadOnlyList<SweepRun> runs)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inner("train"), runs);
        using var engine = new QueryEngine(threads: 1);
        return ReportData.ReadRuns(engine, folder.Inner("train"), CancellationToken.None);
    }

    /// <summary>The maps of runs.</summary>
    public static PhaseGrid Grid(params IReadOnlyList<SweepRun> runs) => new(Read(runs));

    /// <summary>The whole figure of runs.</summary>
    public static PaperFigure Figure(params IReadOnlyList<SweepRun> runs)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inner("train"), runs);
        return PaperFigures.Read(Input(folder), CancellationToken.None);
    }

    /// <summary>What a report over the folder's table is made of.</summary>
    public static ReportInput Input(TemporaryFolder folder) => Reports.Input(folder) with { AnalyzeFolder = null, Figure = "phases", Command = "./goldilocks run sweep" };
}
