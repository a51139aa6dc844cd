using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes made-up tables of runs of the larger models.</summary>
internal static class ModelTables
{
    private static readonly string[] Words = ["run", "recipe", "convention", "phase", "checkpoints"];

    private static readonly string[] Reals = ["accuracy_threshold", "validation_threshold", "decoder_lr", "weight_decay", "dropout", "final_validation_accuracy", "relative_delay"];

    /// <summary>Writes <c>runs.parquet</c>: settings come before the phase, as in real tables.</summary>
    /// <param name="folder">The training folder.</param>
    /// <param name="runs">Values by column; the same columns in each. Missing values are null.</param>
    public static void Runs(string folder, params IReadOnlyList<Dictionary<string, object?>> runs)
    {
        string[] columns = [.. runs.SelectMany(run => run.Keys).Distinct()];
        using var table = SampleTables.Table("runs", ["run"], [.. columns.Select(column => (column, Words.Contains(column) ? ColumnType.Text : Reals.Contains(column) ? ColumnType.Float64 : ColumnType.Int64))]);
        foreach (var run in runs)
        {
            foreach (var column in columns)
            {
                var value = run.GetValueOrDefault(column);
                if (Words.Contains(column)) table.Append((string?)value);
                else if (Reals.Contains(column)) table.Append(value is null ? null : Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
                else table.Append(value is null ? null : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
            }

            table.EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }

    /// <summary>A run with its results; its identity follows from its number.</summary>
    public static Dictionary<string, object?> Run(int number, string recipe, (string Name, object Value)[] settings, long? train, long? validation)
    {
        var run = new Dictionary<string, object?> { ["run"] = $"{number:x64}", ["recipe"] = recipe, ["convention"] = "paper" };
        foreach (var (name, value) in settings) run[name] = value;
        (run["phase"], run["train_accuracy_step"], run["validation_accuracy_step"], run["rqi_step"]) = (new SweepRun(1, 1).At(train, validation).Phase, train, validation, null);
        (run["delay_steps"], run["relative_delay"]) = (validation - train, (validation + 1.0) / (train + 1.0));
        (run["executed_steps"], run["final_validation_accuracy"]) = (20_000, validation is null ? 0.3 : 0.97);
        return run;
    }

    /// <summary>Writes <c>curves.parquet</c>.</summary>
    public static void Curves(string folder, IEnumerable<(int Run, long Step, string Split, string Metric, double Value)> points)
    {
        using var table = SampleTables.Table("curves", ["run", "step"], ("run", ColumnType.Text), ("step", ColumnType.Int64), ("split", ColumnType.Text), ("metric", ColumnType.Text), ("value", ColumnType.Float64));
        foreach (var (run, step, split, metric, value) in points) table.Append($"{run:x64}").Append((long?)step).Append(split).Append(metric).Append((double?)value).EndRow();
        table.Write(Path.Combine(folder, "curves.parquet"));
    }
}
