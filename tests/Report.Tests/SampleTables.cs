using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes made-up tables of the stages that a report reads.</summary>
internal static class SampleTables
{
    public static void Write(string trainFolder, string? analyzeFolder, params SampleRun[] runs)
    {
        Runs(trainFolder, runs);
        Curves(trainFolder, runs);
        Embeddings(trainFolder, runs);
        if (analyzeFolder is not null) Analysis(analyzeFolder, runs);
    }

    public static void Runs(string folder, IEnumerable<SampleRun> runs)
    {
        using var table = Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("rng", ColumnType.Text), ("convention", ColumnType.Text), ("loss", ColumnType.Text),
            ("p", ColumnType.Int64), ("train_samples", ColumnType.Int64), ("batch", ColumnType.Int64), ("steps", ColumnType.Int64), ("embedding_dimension", ColumnType.Int64),
            ("embedding_scale", ColumnType.Float64), ("width", ColumnType.Int64), ("depth", ColumnType.Int64), ("output_dimension", ColumnType.Int64),
            ("embedding_lr", ColumnType.Float64), ("embedding_weight_decay", ColumnType.Float64), ("decoder_lr", ColumnType.Float64), ("decoder_weight_decay", ColumnType.Float64),
            ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64), ("validation_accuracy_step", ColumnType.Int64), ("rqi_step", ColumnType.Int64),
            ("executed_steps", ColumnType.Int64), ("final_train_loss", ColumnType.Float64), ("final_train_accuracy", ColumnType.Float64),
            ("final_validation_accuracy", ColumnType.Float64), ("final_rqi", ColumnType.Float64), ("schema_version", ColumnType.Int32));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append(run.Rng).Append(run.Convention).Append(run.Loss)
                .Append((long?)run.Symbols).Append((long?)run.TrainSamples).Append(45L).Append((long?)run.Steps).Append((long?)run.Dimension)
                .Append(1.0).Append(200L).Append(2L).Append(30L).Append(1e-3).Append(0.0).Append(1e-4).Append(0.0)
                .Append(run.Phase).Append(run.TrainStep).Append(run.ValidationStep).Append(run.RqiStep)
                .Append((long?)run.Steps).Append(1e-4).Append(run.TrainStep is null ? 0.25 : 1.0)
                .Append(run.Validates ? run.ValidationStep is null ? 0.3 : 1.0 : null).Append(run.RqiStep is null ? 0.1 : 1.0).Append((int?)1).EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }

    public static void Curves(string folder, IEnumerable<SampleRun> runs)
    {
        using var table = Table("curves", ["run", "step"], ("run", ColumnType.Text), ("step", ColumnType.Int64), ("split", ColumnType.Text), ("metric", ColumnType.Text), ("value", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var step in run.Recorded)
            {
                void Add(string split, string metric, double value) => table.Append(run.Id).Append((long?)step).Append(split).Append(metric).Append((double?)value).EndRow();
                var loss = run.Losses.TryGetValue(step, out var given) ? given : Math.Exp(-8.0 * step / Math.Max(run.Steps, 1));
                Add("train", "loss", run.Diverges && step >= run.Steps / 2 ? double.NaN : loss);
                Add("train", "accuracy", step >= run.TrainStep ? 1 : 0.25);
                Add("all", "rqi", step >= run.RqiStep ? 1 : 0.1);
                if (!run.Validates) continue;
                Add("validation", "loss", run.Diverges ? double.NaN : 1.2 * loss);
                Add("validation", "accuracy", step >= run.ValidationStep ? 1 : 0.3);
            }
        }

        table.Write(Path.Combine(folder, "curves.parquet"));
    }

    public static void Embeddings(string folder, IEnumerable<SampleRun> runs)
    {
        using var table = Table("embeddings", ["run", "step", "symbol", "dimension"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("symbol", ColumnType.Int32), ("dimension", ColumnType.Int32), ("value", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var step in run.Recorded)
            {
                for (var symbol = 0; symbol < run.Symbols; symbol++)
                {
                    for (var dimension = 0; dimension < run.Dimension; dimension++)
                    {
                        var order = Math.Min(1, step / (0.2 * Math.Max(run.Steps, 1)));
                        var value = (order * symbol) + ((1 - order) * Math.Sin(7 * (symbol + dimension)));
                        table.Append(run.Id).Append((long?)step).Append((int?)symbol).Append((int?)dimension).Append((double?)value).EndRow();
                    }
                }
            }
        }

        table.Write(Path.Combine(folder, "embeddings.parquet"));
    }

    public static void Analysis(string folder, IEnumerable<SampleRun> runs)
    {
        using var table = Table("analysis", ["run", "step"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("train_accuracy", ColumnType.Float64), ("validation_accuracy", ColumnType.Float64), ("rqi", ColumnType.Float64),
            ("predicted_accuracy", ColumnType.Float64), ("ideal_accuracy", ColumnType.Float64), ("nullity", ColumnType.Int64), ("effective_dimension", ColumnType.Float64),
            ("output_difference", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var step in (long[])[0, run.Steps / 100, run.Steps / 2, run.Steps])
            {
                table.Append(run.Id).Append((long?)step).Append(step >= run.TrainStep ? 1 : 0.25).Append(run.Validates ? step >= run.ValidationStep ? 1 : 0.3 : null)
                    .Append(step >= run.RqiStep ? 1 : 0.1).Append(0.9).Append(1.0).Append(2L).Append(1 + (0.5 * run.Dimension)).Append(step == 0 ? null : 4e-7).EndRow();
            }
        }

        table.Write(Path.Combine(folder, "analysis.parquet"));
    }

    public static TableWriter Table(string name, string[] key, params (string Name, ColumnType Type)[] columns) =>
        new(new TableSchema(name, 1, [.. columns.Select(column => new Column(column.Name, column.Type, column.Name))], key));
}
