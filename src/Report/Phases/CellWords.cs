using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>What every map tells of a cell: its parameters, phase, steps and runs.</summary>
internal static class CellWords
{
    /// <summary>A data row with the words.</summary>
    public static JsonObject Of(PhaseGrid grid, PhaseCell cell)
    {
        var row = new JsonObject { ["x_words"] = grid.X.Labels[cell.Column] };
        if (grid.Y is { } y) row["y_words"] = y.Labels[cell.Row];
        row["phase"] = cell.Runs.Count == 1 ? cell.Phase : string.Join(", ", PhaseKind.All.Where(phase => cell.Count(phase) > 0).Select(phase => $"{phase} {Numbers.Of(cell.Count(phase), cell.Runs.Count)}"));
        row["train"] = Step(cell, cell.TrainStep, run => run.TrainStep);
        row["validation"] = Step(cell, cell.ValidationStep, run => run.ValidationStep);
        row["delay"] = cell.Gap is { } gap ? $"{Numbers.Counted((long)Math.Round(gap), "step")}, × {Numbers.Significant(Math.Round(cell.Ratio!.Value, 2))}" : Numbers.None;
        row["run"] = cell.Runs.Count == 1 ? cell.Runs[0].ShortId : $"{Numbers.Count(cell.Runs.Count)} runs, the first {cell.Runs[0].ShortId}";
        return row;
    }

    /// <summary>Fields and their titles.</summary>
    public static IEnumerable<(string Field, string Title, string? Format)> Titles(PhaseGrid grid)
    {
        yield return ("x_words", grid.X.Parameter, null);
        if (grid.Y is { } y) yield return ("y_words", y.Parameter, null);
        yield return ("phase", "phase", null);
        yield return ("train", "train step", null);
        yield return ("validation", "validation step", null);
        yield return ("delay", "delay", null);
        yield return ("run", "run", null);
    }

    private static string Step(PhaseCell cell, double? median, Func<RunRow, long?> step)
    {
        var words = median is { } value ? Numbers.Steps(value) : "never";
        return cell.Runs.Count == 1 ? words : $"median {words}, reached by {Numbers.Of(cell.Runs.Count(run => step(run) is not null), cell.Runs.Count)}";
    }
}
