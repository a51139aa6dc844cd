using System.Runtime.InteropServices;
using Goldilocks.Native;

namespace Goldilocks.Train;

/// <summary>The table <c>runs</c>: one row per run with its parameters, what came out, and what its data set alone implies.</summary>
internal static class RunsTable
{
    /// <summary>Raised when a column is added or changes its name, type or meaning.</summary>
    public const int SchemaVersion = 3;

    /// <summary>The recipe's parameters are columns.</summary>
    public static TableSchema Schema(Recipe recipe) => new("runs", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run: SHA-256 of its configuration"),
        new("recipe", ColumnType.Text, "task, model and optimiser"),
        .. recipe.Parameters.Select(parameter => new Column(parameter.Name, TypeOf(parameter.Kind), parameter.Doc)),
        new("phase", ColumnType.Text, "comprehension, grokking, memorization, confusion or undefined (Table 1 of the paper), by accuracy_threshold and grokking_gap, within steps"),
        new("train_accuracy_step", ColumnType.Int64, "first step whose training accuracy reaches accuracy_threshold; null: never"),
        new("validation_accuracy_step", ColumnType.Int64, "first step whose validation accuracy reaches accuracy_threshold, or validation_threshold where the recipe has it; null: never"),
        new("rqi_step", ColumnType.Int64, "first step whose RQI exceeds rqi_threshold; null: never"),
        new("delay_steps", ColumnType.Int64, "validation_accuracy_step - train_accuracy_step, how long generalisation follows memorisation; null: either is never"),
        new("relative_delay", ColumnType.Float64, "(validation_accuracy_step + 1) / (train_accuracy_step + 1), the same as a factor; null: either is never"),
        new("executed_steps", ColumnType.Int64, "updates done"),
        new("final_train_loss", ColumnType.Float64, "mean loss over all training samples after the last update"),
        new("final_validation_loss", ColumnType.Float64, "mean loss over the validation samples after the last update; null: none"),
        new("final_train_accuracy", ColumnType.Float64, "fraction after the last update"),
        new("final_validation_accuracy", ColumnType.Float64, "fraction after the last update; null: no validation samples"),
        new("final_accuracy", ColumnType.Float64, "Acc, fraction of all samples, training and validation, that are right after the last update (section 3.1, Figure 3)"),
        new("final_predicted_accuracy", ColumnType.Float64,
            "Acc^ of the last embedding, a fraction: samples that are trained or complete a parallelogram with a trained one, by the run's convention (section 3.1, appendix D); null: no parallelograms in the task"),
        new("final_rqi", ColumnType.Float64, "fraction after the last update; null likewise"),
        .. DataSetTheory.Columns,
        new("schema_version", ColumnType.Int32, "version of this table's columns"),
    ], ["run"]);

    /// <summary>The row of one run; <paramref name="record"/> is finished, so its last recorded embedding is that of its last state.</summary>
    public static RowCells Row(Recipe recipe, RunConfig config, Experiment experiment, RunRecord record)
    {
        var table = new RowCells().Append(config.Run).Append(config.Recipe);
        foreach (var parameter in recipe.Parameters)
        {
            switch (config[parameter.Name])
            {
                case long whole: table.Append((long?)whole); break;
                case double number: table.Append((double?)number); break;
                case var text: table.Append((string)text); break;
            }
        }

        var data = experiment.Data;
        var (train, validation) = (data.Train.Length, data.Validation.Length);
        table.Append(experiment.Rule.Classify(record.TrainAccuracyStep, record.ValidationAccuracyStep).ToString().ToLowerInvariant())
            .Append(record.TrainAccuracyStep).Append(record.ValidationAccuracyStep).Append(record.RqiStep)
            .Append(record.ValidationAccuracyStep - record.TrainAccuracyStep)
            .Append((record.ValidationAccuracyStep + 1.0) / (record.TrainAccuracyStep + 1.0))
            .Append((long?)record.Steps)
            .Append((double?)record.Last.TrainLoss)
            .Append(validation == 0 ? null : (double?)record.Last.ValidationLoss)
            .Append((double?)((double)record.Last.TrainCorrect / train))
            .Append(validation == 0 ? null : (double?)((double)record.Last.ValidationCorrect / validation))
            .Append((double?)((double)(record.Last.TrainCorrect + record.Last.ValidationCorrect) / data.Count))
            .Append(PredictedAccuracy(experiment, record))
            .Append(experiment.Quality is null ? null : (double?)record.Last.Rqi);
        DataSetTheory.Of(experiment).Append(table);
        return table.Append((int?)SchemaVersion);
    }

    private static double? PredictedAccuracy(Experiment experiment, RunRecord record) =>
        experiment.Quality?.PredictedAccuracy(CollectionsMarshal.AsSpan(record.Embeddings)[^(record.Embeddings.Count / record.EmbeddingSteps.Count)..], experiment.Split);

    private static ColumnType TypeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Integer => ColumnType.Int64,
        ParameterKind.Number => ColumnType.Float64,
        _ => ColumnType.Text,
    };
}
