using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>What the trainer recorded of one run.</summary>
/// <param name="Run">Its identity.</param>
/// <param name="Recipe">Task and model.</param>
/// <param name="WeightDecay">Of the decoder.</param>
/// <param name="Steps">Updates it may take.</param>
/// <param name="Memorised">First step with the training accuracy that its thresholds ask for; null: never.</param>
/// <param name="Generalised">The same for the validation accuracy.</param>
/// <param name="TrainLoss">By step.</param>
/// <param name="TrainAccuracy">By step.</param>
/// <param name="ValidationAccuracy">By step.</param>
internal sealed record RunTrack(string Run, string Recipe, double? WeightDecay, long Steps, long? Memorised, long? Generalised, Curve TrainLoss, Curve TrainAccuracy, Curve ValidationAccuracy)
{
    /// <summary>Every run of a training folder, in the order of its table.</summary>
    /// <exception cref="Core.GoldilocksException">Its tables are missing or damaged.</exception>
    public static IReadOnlyList<RunTrack> Read(string trainFolder)
    {
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("runs", Path.Combine(trainFolder, "runs.parquet"));
        engine.RegisterParquet("curves", Path.Combine(trainFolder, "curves.parquet"));
        var curves = engine.Query("SELECT run, split || ' ' || metric, step, value FROM curves ORDER BY run, split, metric, step").Rows
            .ToLookup(row => ((string)row[0]!, (string)row[1]!), row => ((double)(long)row[2]!, (double?)row[3] ?? double.NaN));
        var hasDecay = engine.Query("DESCRIBE runs").Rows.Any(row => (string)row[0]! == "decoder_weight_decay");
        return [.. engine.Query($"SELECT run, recipe, {(hasDecay ? "decoder_weight_decay" : "NULL")}, steps, train_accuracy_step, validation_accuracy_step FROM runs").Rows.Select(row =>
        {
            var run = (string)row[0]!;
            Curve Of(string name) => new([.. curves[(run, name)].Select(point => point.Item1)], [.. curves[(run, name)].Select(point => point.Item2)]);
            return new RunTrack(run, (string)row[1]!, (double?)row[2], (long)row[3]!, (long?)row[4], (long?)row[5], Of("train loss"), Of("train accuracy"), Of("validation accuracy"));
        })];
    }
}
