namespace Goldilocks.Report;

/// <summary>A line of a chart of steps: runs by the value of a swept parameter.</summary>
/// <param name="Name">As in the legend.</param>
/// <param name="Points">The parameter's value, the run, and the step that is drawn (null: never).</param>
internal sealed record StepSeries(string Name, IReadOnlyList<(double X, RunRow Run, long? Step)> Points)
{
    /// <summary>By the parameter's value, ascending: the median step (never counts as later than every step; null where it is the median) and how many runs have one.</summary>
    public IReadOnlyList<(double X, double? Median, int Reached, int Runs)> Medians { get; } =
    [
        .. Points.GroupBy(point => point.X).OrderBy(group => group.Key)
            .Select(group => (group.Key, Statistics.MedianStep(group.Select(point => point.Step)), group.Count(point => point.Step is not null), group.Count())),
    ];
}
