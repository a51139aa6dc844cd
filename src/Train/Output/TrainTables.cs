using Goldilocks.Native;

namespace Goldilocks.Train;

/// <summary>The tables of the training stage and their columns.</summary>
internal static class TrainTables
{
    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    public const int SchemaVersion = 1;

    public static TableSchema Curves { get; } = new("curves", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("step", ColumnType.Int64, "optimiser updates; which state an accuracy belongs to follows the run's convention"),
        new("split", ColumnType.Text, "train, validation or all"),
        new("metric", ColumnType.Text, "loss, accuracy (fraction) or rqi (fraction)"),
        new("value", ColumnType.Float64, "value of the metric"),
    ], ["run", "metric", "split", "step"]);

    public static TableSchema Embeddings { get; } = new("embeddings", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("step", ColumnType.Int64, "optimiser updates before this state"),
        new("symbol", ColumnType.Int32, "symbol, 0..p-1"),
        new("dimension", ColumnType.Int32, "component of the embedding, 0..D-1"),
        new("value", ColumnType.Float64, "the component as trained, not normalised"),
    ], ["run", "step", "symbol", "dimension"]);

    public static TableSchema Timings { get; } = new("timings", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("seconds", ColumnType.Float64, "time spent training (s)"),
        new("steps_per_second", ColumnType.Float64, "updates per second (1/s)"),
    ], ["run"]);

    /// <summary>One row per run; the recipe's parameters are columns.</summary>
    public static TableSchema Runs(Recipe recipe) => new("runs", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run: SHA-256 of its configuration"),
        new("recipe", ColumnType.Text, "task, model and optimiser"),
        .. recipe.Parameters.Select(parameter => new Column(parameter.Name, TypeOf(parameter.Kind), parameter.Doc)),
        new("phase", ColumnType.Text, "comprehension, grokking, memorization, confusion or undefined (Table 1 of the paper)"),
        new("train_accuracy_step", ColumnType.Int64, "first step whose training accuracy reaches the threshold; null: never"),
        new("validation_accuracy_step", ColumnType.Int64, "first step whose validation accuracy reaches the threshold; null: never"),
        new("rqi_step", ColumnType.Int64, "first step whose RQI exceeds 0.95; null: never"),
        new("executed_steps", ColumnType.Int64, "updates done"),
        new("final_train_loss", ColumnType.Float64, "mean loss over all training samples after the last update"),
        new("final_validation_loss", ColumnType.Float64, "mean loss over the validation samples after the last update; null: none"),
        new("final_train_accuracy", ColumnType.Float64, "fraction after the last update"),
        new("final_validation_accuracy", ColumnType.Float64, "fraction after the last update; null: no validation samples"),
        new("final_rqi", ColumnType.Float64, "fraction after the last update"),
        new("schema_version", ColumnType.Int32, "version of this table's columns"),
    ], ["run"]);

    public static void AppendRun(TableWriter table, Recipe recipe, RunConfig config, Experiment experiment, RunRecord record)
    {
        table.Append(config.Run).Append(config.Recipe);
        foreach (var parameter in recipe.Parameters)
        {
            switch (config.Values[parameter.Name])
            {
                case long whole: table.Append((long?)whole); break;
                case double number: table.Append((double?)number); break;
                case var text: table.Append((string)text); break;
            }
        }

        var (train, validation) = (experiment.Split.Train.Length, experiment.Split.Validation.Length);
        var phase = experiment.Rule.Classify(record.TrainAccuracyStep, record.ValidationAccuracyStep);
        table.Append(phase.ToString().ToLowerInvariant())
            .Append(record.TrainAccuracyStep).Append(record.ValidationAccuracyStep).Append(record.RqiStep).Append((long?)record.Steps)
            .Append((double?)record.Last.TrainLoss)
            .Append(validation == 0 ? null : (double?)record.Last.ValidationLoss)
            .Append((double?)((double)record.Last.TrainCorrect / train))
            .Append(validation == 0 ? null : (double?)((double)record.Last.ValidationCorrect / validation))
            .Append((double?)record.Last.Rqi)
            .Append((int?)SchemaVersion);
        table.EndRow();
    }

    public static void AppendCurve(TableWriter table, RunConfig config, RunRecord record)
    {
        foreach (var point in record.Curve)
        {
            var (split, metric) = point.Metric switch
            {
                CurveMetric.TrainLoss => ("train", "loss"),
                CurveMetric.ValidationLoss => ("validation", "loss"),
                CurveMetric.TrainAccuracy => ("train", "accuracy"),
                CurveMetric.ValidationAccuracy => ("validation", "accuracy"),
                _ => ("all", "rqi"),
            };
            table.Append(config.Run).Append((long?)point.Step).Append(split).Append(metric).Append((double?)point.Value);
            table.EndRow();
        }
    }

    public static void AppendEmbeddings(TableWriter table, RunConfig config, RunRecord record, int symbols)
    {
        if (record.EmbeddingSteps.Count == 0) return;
        var size = record.Embeddings.Count / record.EmbeddingSteps.Count;
        var dimensions = size / symbols;
        for (var i = 0; i < record.Embeddings.Count; i++)
        {
            var component = i % size;
            table.Append(config.Run).Append((long?)record.EmbeddingSteps[i / size])
                .Append((int?)(component / dimensions)).Append((int?)(component % dimensions)).Append((double?)record.Embeddings[i]);
            table.EndRow();
        }
    }

    public static void AppendTiming(TableWriter table, RunConfig config, RunRecord record)
    {
        table.Append(config.Run).Append((double?)record.Seconds).Append((double?)(record.Seconds > 0 ? record.Steps / record.Seconds : 0));
        table.EndRow();
    }

    private static ColumnType TypeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Integer => ColumnType.Int64,
        ParameterKind.Number => ColumnType.Float64,
        _ => ColumnType.Text,
    };
}
