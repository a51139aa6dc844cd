using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Made-up accuracies of the runs of a sweep, which reach 90 % where their rows say so.</summary>
internal static class SweepCurveTables
{
    public const int TrainPairs = 45;

    public const int ValidationPairs = 10;

    /// <summary>Ten steps per factor of ten, and the last.</summary>
    public static IReadOnlyList<long> Steps(SweepRun run) =>
        [.. Enumerable.Range(0, 60).Select(i => (long)Math.Round(Math.Pow(10, i / 10.0)) - 1).Where(step => step < run.Steps).Append(run.Steps).Distinct()];

    /// <summary>Right answers among the training pairs; 41 are 90 % or more.</summary>
    public static int Trained(SweepRun run, long step) => Right(step, run.TrainStep, run.Steps, 41, TrainPairs);

    /// <summary>Right answers among the pairs kept back; 9 are 90 %.</summary>
    public static int Validated(SweepRun run, long step) => Right(step, run.ValidationStep, run.Steps, 9, ValidationPairs);

    public static void Write(string folder, IEnumerable<SweepRun> runs)
    {
        using var table = SampleTables.Table("curves", ["run", "step"], ("run", ColumnType.Text), ("step", ColumnType.Int64), ("split", ColumnType.Text), ("metric", ColumnType.Text), ("value", ColumnType.Float64));
        foreach (var run in runs)
        {
            foreach (var step in Steps(run))
            {
                table.Append(run.Id).Append((long?)step).Append("train").Append("accuracy").Append((double?)Trained(run, step) / TrainPairs).EndRow();
                table.Append(run.Id).Append((long?)step).Append("validation").Append("accuracy").Append((double?)Validated(run, step) / ValidationPairs).EndRow();
                table.Append(run.Id).Append((long?)step).Append("train").Append("loss").Append((double?)0.5).EndRow();
            }
        }

        table.Write(Path.Combine(folder, "curves.parquet"));
    }

    /// <summary>Rises to one less than enough before the step, and from enough to all after it; without a step to two thirds of enough.</summary>
    private static int Right(long step, long? reached, long end, int enough, int all) => reached is { } at
        ? step >= at ? (int)Math.Min(all, enough + ((all - enough) * (step - at) / Math.Max(at / 2, 1))) : (int)((enough - 1) * step / at)
        : (int)(enough * 2 / 3 * step / end);
}
