using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes made-up tables behind the pages of principal components into the folders train and analyze.</summary>
internal static class PrincipalTables
{
    private static readonly string[] Axes = ["final", "own"];

    /// <summary>One transformer.</summary>
    public static IReadOnlyList<PrincipalRun> Transformers { get; } = [new(0), new(1) { ValidationStep = null }];

    /// <summary>Two weight decays, three seeds each; of the first, one seed never generalises.</summary>
    public static IReadOnlyList<PrincipalRun> Posts { get; } =
    [
        .. ((long?[])[300, 700, null]).Select((step, seed) => new PrincipalRun(seed) { Recipe = "modular-mlp", WeightDecay = 0.03, TrainStep = 15, ValidationStep = step, IsReduced = false }),
        .. ((long[])[90, 95, 100]).Select((step, seed) => new PrincipalRun(seed) { Recipe = "modular-mlp", WeightDecay = 5, TrainStep = 45, ValidationStep = step, IsReduced = false, Frequency = 1 }),
    ];

    public static void Write(TemporaryFolder folder, IReadOnlyList<PrincipalRun> runs)
    {
        Runs(folder.Inner("train"), runs);
        Curves(folder.Inner("train"), runs);
        Analysis(folder.Inner("analyze"), runs);
        Components(folder.Inner("analyze"), runs);
        Accuracies(folder.Inner("analyze"), runs);
        Frequencies(folder.Inner("analyze"), runs);
    }

    private static void Runs(string folder, IReadOnlyList<PrincipalRun> runs)
    {
        using var table = SampleTables.Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("convention", ColumnType.Text), ("p", ColumnType.Int64), ("embedding_dimension", ColumnType.Int64),
            ("decoder_weight_decay", ColumnType.Float64), ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64), ("validation_accuracy_step", ColumnType.Int64), ("executed_steps", ColumnType.Int64));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append(run.Convention).Append((long?)run.Symbols).Append(32L).Append((double?)run.WeightDecay)
                .Append("comprehension").Append(run.TrainStep).Append(run.ValidationStep).Append((long?)PrincipalRun.Checkpoints[^1]).EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }

    private static void Curves(string folder, IReadOnlyList<PrincipalRun> runs)
    {
        using var table = SampleTables.Table("curves", ["run", "step"], ("run", ColumnType.Text), ("step", ColumnType.Int64), ("split", ColumnType.Text), ("metric", ColumnType.Text), ("value", ColumnType.Float64));
        foreach (var run in runs)
        {
            for (var step = 0L; step <= 1000; step += 5)
            {
                void Add(string split, string metric, double value) => table.Append(run.Id).Append((long?)step).Append(split).Append(metric).Append((double?)value).EndRow();
                Add("train", "accuracy", step >= run.TrainStep ? 1 : 0.1);
                Add("validation", "accuracy", step >= run.ValidationStep ? 0.98 : 0.05);
                Add("all", "effective_dimension", 9.54 - (step / 200.0));
            }
        }

        table.Write(Path.Combine(folder, "curves.parquet"));
    }

    private static void Analysis(string folder, IReadOnlyList<PrincipalRun> runs)
    {
        using var table = SampleTables.Table("analysis", ["run", "step"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("train_accuracy", ColumnType.Float64), ("validation_accuracy", ColumnType.Float64), ("effective_dimension", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var step in PrincipalRun.Checkpoints)
                table.Append(run.Id).Append((long?)step).Append(step >= run.TrainStep ? 1 : 0.1).Append(step >= run.ValidationStep ? 0.98 : 0.05).Append(9.54 - (step / 200.0)).EndRow();
        }

        table.Write(Path.Combine(folder, "analysis.parquet"));
    }

    private static void Components(string folder, IReadOnlyList<PrincipalRun> runs)
    {
        using var table = SampleTables.Table("components", ["run", "step", "axes", "symbol", "component"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("axes", ColumnType.Text), ("symbol", ColumnType.Int32), ("component", ColumnType.Int32), ("value", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var (step, axes) in PrincipalRun.Checkpoints.SelectMany(step => Axes.Select(axes => (step, axes))))
            {
                for (var cell = 0; cell < run.Symbols * run.Components; cell++)
                {
                    var (symbol, component) = (cell / run.Components, (cell % run.Components) + 1);
                    // Own axes: the same picture, mirrored.
                    table.Append(run.Id).Append((long?)step).Append(axes).Append((int?)symbol).Append((int?)component).Append((axes == "own" && component == 1 ? -1 : 1) * run.Value(step, symbol, component)).EndRow();
                }
            }
        }

        table.Write(Path.Combine(folder, "components.parquet"));
    }

    /// <summary>With n components of eight a run answers n eighths of what it answers with all.</summary>
    private static void Accuracies(string folder, IReadOnlyList<PrincipalRun> runs)
    {
        using var table = SampleTables.Table("component_accuracy", ["run", "step", "axes", "components"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("axes", ColumnType.Text), ("components", ColumnType.Int32), ("validation_accuracy", ColumnType.Float64));
        foreach (var run in runs.Where(run => run.IsReduced))
        {
            foreach (var (step, axes) in PrincipalRun.Checkpoints.SelectMany(step => Axes.Select(axes => (step, axes))))
            {
                foreach (var count in (int[])[1, 2, 4, 9])
                    table.Append(run.Id).Append((long?)step).Append(axes).Append((int?)count).Append(Math.Min(1, count / 8.0) * (step >= run.ValidationStep ? 0.98 : 0.05)).EndRow();
            }
        }

        table.Write(Path.Combine(folder, "component_accuracy.parquet"));
    }

    /// <summary>The circle has half of all variance, and all of it in the first two components at the end.</summary>
    private static void Frequencies(string folder, IReadOnlyList<PrincipalRun> runs)
    {
        using var table = SampleTables.Table("frequencies", ["run", "step", "frequency"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("frequency", ColumnType.Int32), ("share", ColumnType.Float64), ("plane_share", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var step in PrincipalRun.Checkpoints)
            {
                for (var k = 1; k <= run.Symbols / 2; k++)
                {
                    var isCircle = k == run.Frequency;
                    table.Append(run.Id).Append((long?)step).Append((int?)k).Append(isCircle ? 0.5 : k == 5 ? 0.25 : 0.25 / ((run.Symbols / 2) - 2)).Append(isCircle ? PrincipalRun.CircleShare(step) : (1 - PrincipalRun.CircleShare(step)) / ((run.Symbols / 2) - 1)).EndRow();
                }
            }
        }

        table.Write(Path.Combine(folder, "frequencies.parquet"));
    }
}
