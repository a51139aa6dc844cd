using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>One metric of all runs over their recorded steps.</summary>
internal static class MetricCurves
{
    /// <summary>Points by run, steps ascending; runs without any are left out.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(double X, double Y)>> Read(ReportInput input, QueryEngine engine, string metric, string split, CancellationToken cancellation)
    {
        var table = TableFile.Open(engine, input.TrainFolder, "curves", "train");
        var rows = table.Rows(["run", "step", "value"], [], $"WHERE metric = {SqlText.Literal(metric)} AND split = {SqlText.Literal(split)} ORDER BY run, step", cancellation);
        return rows.GroupBy(row => row.Words("run")).ToDictionary(
            group => group.Key, group => (IReadOnlyList<(double, double)>)[.. group.Select(row => ((double)row.WholeNumber("step"), row.Number("value") ?? double.NaN))], StringComparer.Ordinal);
    }
}
