using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes and reads made-up tables of transformers, perceptrons and digits.</summary>
internal static class LargeTables
{
    /// <summary>Runs behind a figure of the paper.</summary>
    public static IReadOnlyList<LargeRun> Runs(string figure) => figure switch
    {
        "fig7a" => [.. Enumerable.Range(0, 3).Select(seed => new LargeRun("transformer", seed))],
        "fig7b" =>
        [
            Dropped(0, 1, 100, 3000), Dropped(0, 2, 120, null), Dropped(0, 3, 140, 5000), Dropped(0.2, 1, 200, 900), Dropped(0.2, 2, 220, 1100), Dropped(0.2, 3, 240, 1000),
            Dropped(0.5, 1, 800, null), Dropped(0.5, 2, null, null), Dropped(0.5, 3, 900, 1900),
        ],
        "fig8" =>
        [
            new LargeRun("mnist") { DecoderLr = 0.02, Steps = 50_000, ValidationStep = 30_000 }, new LargeRun("mnist") { DecoderLr = 0.5, TrainStep = 100, ValidationStep = 50, Recorded = false },
            .. ((double[])[1e-5, 1e-3, 1e-1]).SelectMany(rate => ((double[])[0.01, 0.1]).Select(decay => new LargeRun("mnist") { DecoderLr = rate, WeightDecay = decay, Recorded = false, TrainStep = rate < 1e-4 ? null : 500, ValidationStep = rate < 1e-2 ? null : 9000 })),
        ],
        _ => // Figure 20.
        [
            Digits(256, 0.01, 0, 300, 15_000), Digits(1024, 0.01, 0, 900, 9000), Digits(4096, 0.01, 0, 4000, 3000), Digits(256, 0.3, 0, 300, 8000), Digits(1024, 0.3, 0, 900, null),
            Digits(1024, 0.3, 1, 800, 4000), Digits(1024, 0.3, 2, 850, 5000), Digits(4096, 0.3, 0, 2000, 1000), Digits(256, 0, 0, 300, null),
        ],
    };

    /// <summary>Writes <c>runs.parquet</c>, <c>curves.parquet</c> and an empty <c>embeddings.parquet</c>.</summary>
    public static void Write(string folder, IReadOnlyList<LargeRun> runs)
    {
        if (runs[0].Recipe == "mnist") Digits(folder, runs);
        else Pairs(folder, runs);
        using (var curves = SampleTables.Table("curves", ["run", "step"], ("run", ColumnType.Text), ("step", ColumnType.Int64), ("split", ColumnType.Text), ("metric", ColumnType.Text), ("value", ColumnType.Float64)))
        {
            foreach (var run in runs)
            {
                foreach (var step in run.RecordedSteps)
                {
                    void Add(string split, string metric, double value) => curves.Append(run.Id).Append((long?)step).Append(split).Append(metric).Append((double?)value).EndRow();
                    Add("train", "loss", Math.Exp(-8.0 * step / run.Steps));
                    Add("validation", "loss", 2 * Math.Exp(-3.0 * step / run.Steps));
                    Add("train", "accuracy", step >= run.TrainStep ? 1 : 0.1);
                    Add("validation", "accuracy", step >= run.ValidationStep ? 1 : 0.1);
                    if (run.Recipe == "mnist") continue;
                    Add("all", "effective_dimension", run.DimensionAt(step));
                    if (run.Rqi is { } rqi) Add("all", "rqi", rqi * step / run.Steps);
                }
            }

            curves.Write(Path.Combine(folder, "curves.parquet"));
        }

        using var embeddings = SampleTables.Table("embeddings", ["run", "step", "symbol", "dimension"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("symbol", ColumnType.Int32), ("dimension", ColumnType.Int32), ("value", ColumnType.Float64));
        embeddings.Write(Path.Combine(folder, "embeddings.parquet"));
    }

    /// <summary>A figure over runs.</summary>
    public static PaperFigure Figure(string id, params IReadOnlyList<LargeRun> runs)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inner("train"), runs.Count > 0 ? runs : Runs(id));
        return PaperFigures.Read(Input(folder, id), CancellationToken.None);
    }

    /// <summary>The words of a page: of a figure, or of the first run where <paramref name="id"/> is null.</summary>
    public static string Words(string? id, params IReadOnlyList<LargeRun> runs)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inner("train"), runs.Count > 0 ? runs : Runs(id!));
        var (input, links) = (Input(folder, id), new TableLinks(folder.Inner("report"), Input(folder, id)));
        if (id is not null) return Reports.Words(new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), links).Write());
        var data = ReportData.Read(input.TrainFolder, null, CancellationToken.None);
        return Reports.Words(new ReportPage(input, data, FigureSet.Create(data, input.Command), links).Write());
    }

    public static ReportInput Input(TemporaryFolder folder, string? id) => Reports.Input(folder) with { AnalyzeFolder = null, Figure = id, Command = "./goldilocks run large" };

    private static LargeRun Dropped(double dropout, long seed, long? train, long? validation) =>
        new("transformer", seed) { Dropout = dropout, TrainStep = train, ValidationStep = validation, Recorded = false, Steps = 10_000 };

    private static LargeRun Digits(long images, double decay, long seed, long? train, long? validation) =>
        new("mnist", seed) { TrainImages = images, WeightDecay = decay, TrainStep = train, ValidationStep = validation, Recorded = false };

    private static void Pairs(string folder, IEnumerable<LargeRun> runs)
    {
        using var table = SampleTables.Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("convention", ColumnType.Text), ("operation", ColumnType.Text), ("p", ColumnType.Int64), ("train_fraction", ColumnType.Float64),
            ("steps", ColumnType.Int64), ("accuracy_threshold", ColumnType.Float64), ("rqi_threshold", ColumnType.Float64), ("grokking_gap", ColumnType.Int64), ("embedding_dimension", ColumnType.Int64),
            ("layers", ColumnType.Int64), ("heads", ColumnType.Int64), ("feed_forward", ColumnType.Int64), ("width", ColumnType.Int64), ("depth", ColumnType.Int64), ("dropout", ColumnType.Float64),
            ("decoder_lr", ColumnType.Float64), ("decoder_weight_decay", ColumnType.Float64), ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64),
            ("validation_accuracy_step", ColumnType.Int64), ("rqi_step", ColumnType.Int64), ("executed_steps", ColumnType.Int64), ("final_train_accuracy", ColumnType.Float64),
            ("final_validation_accuracy", ColumnType.Float64), ("final_rqi", ColumnType.Float64), ("samples", ColumnType.Int64), ("ideal_accuracy", ColumnType.Float64));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append("paper").Append("modular_add").Append((long?)run.Symbols).Append(0.8)
                .Append((long?)run.Steps).Append(0.99).Append(0.95).Append(1000L).Append((long?)run.Dimension).Append(2L).Append(1L).Append(64L).Append(128L).Append(1L).Append((double?)run.Dropout)
                .Append((double?)run.DecoderLr).Append((double?)run.WeightDecay).Append(run.Phase).Append(run.TrainStep).Append(run.ValidationStep).AppendNull().Append((long?)run.Steps)
                .Append(1.0).Append(0.5).Append(run.Rqi).Append((long?)(run.Symbols * run.Symbols)).AppendNull().EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }

    private static void Digits(string folder, IEnumerable<LargeRun> runs)
    {
        using var table = SampleTables.Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("convention", ColumnType.Text), ("data", ColumnType.Text), ("train_images", ColumnType.Int64),
            ("validation_images", ColumnType.Int64), ("loss", ColumnType.Text), ("steps", ColumnType.Int64), ("accuracy_threshold", ColumnType.Float64), ("grokking_gap", ColumnType.Int64),
            ("validation_threshold", ColumnType.Float64), ("width", ColumnType.Int64), ("depth", ColumnType.Int64), ("dropout", ColumnType.Float64), ("weight_scale", ColumnType.Float64),
            ("decoder_lr", ColumnType.Float64), ("weight_decay", ColumnType.Float64), ("record_per_decade", ColumnType.Int64), ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64),
            ("validation_accuracy_step", ColumnType.Int64), ("rqi_step", ColumnType.Int64), ("executed_steps", ColumnType.Int64), ("final_train_accuracy", ColumnType.Float64),
            ("final_validation_accuracy", ColumnType.Float64), ("final_rqi", ColumnType.Float64), ("samples", ColumnType.Int64), ("ideal_accuracy", ColumnType.Float64));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append("paper").Append("mnist").Append((long?)run.TrainImages).Append(2000L).Append("mse").Append((long?)run.Steps)
                .Append(0.9).Append(1000L).Append(0.6).Append(200L).Append(2L).Append(0.0).Append(9.0).Append((double?)run.DecoderLr).Append((double?)run.WeightDecay).Append(run.Recorded ? 60L : 0L)
                .Append(run.Phase).Append(run.TrainStep).Append(run.ValidationStep).AppendNull().Append((long?)run.Steps).Append(1.0).Append(0.75).AppendNull()
                .Append((long?)(run.TrainImages + 2000)).AppendNull().EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }
}
