using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>What the analysis knows of one run's embedding along principal axes.</summary>
internal sealed class ComponentTables
{
    private readonly Dictionary<(string Axes, long Step), IReadOnlyList<(double X, double Y)>> _planes;

    private ComponentTables(
        Dictionary<(string Axes, long Step), IReadOnlyList<(double X, double Y)>> planes, IReadOnlyList<(long Frequency, double Share, double PlaneShare)> frequencies,
        IReadOnlyList<(string Axes, long Step, long Components, double Validation)> accuracies) =>
        (_planes, Frequencies, Accuracies) = (planes, frequencies, accuracies);

    /// <summary>Checkpoints, ascending.</summary>
    public IReadOnlyList<long> Steps => [.. _planes.Keys.Select(key => key.Step).Distinct().Order()];

    /// <summary>Share of the variance in each frequency at the run's end.</summary>
    public IReadOnlyList<(long Frequency, double Share, double PlaneShare)> Frequencies { get; }

    /// <summary>Validation accuracy of the model with its embedding reduced to so many components.</summary>
    public IReadOnlyList<(string Axes, long Step, long Components, double Validation)> Accuracies { get; }

    /// <summary>The frequency that carries most of the first two components at the end.</summary>
    public (long Frequency, double Share, double PlaneShare) Dominant => Frequencies.MaxBy(one => one.PlaneShare);

    /// <summary>Symbols next to each other on the circle differ by this: the inverse of the frequency modulo p, or its distance from p.</summary>
    public int Stride
    {
        get
        {
            var p = Plane("own", Steps[^1]).Count;
            var stride = Enumerable.Range(1, p - 1).FirstOrDefault(s => s * Dominant.Frequency % p == 1);
            return Math.Min(stride, p - stride) is var shorter && stride > 0 ? shorter : 0;
        }
    }

    /// <exception cref="GoldilocksException">A table is missing, or holds nothing of the run.</exception>
    public static ComponentTables Read(ReportInput input, QueryEngine engine, RunRow run, CancellationToken cancellation)
    {
        var mine = $"WHERE run = {SqlText.Literal(run.Id)}";
        var table = TableFile.Open(engine, input.AnalyzeFolder, "components", "analyze");
        var planes = table.Compute(["run", "step", "axes", "symbol", "component", "value"], "axes, step, symbol, max(value) FILTER (component = 1) AS x, coalesce(max(value) FILTER (component = 2), 0) AS y",
                $"{mine} GROUP BY axes, step, symbol ORDER BY axes, step, symbol", cancellation)
            .GroupBy(row => (row.Words("axes"), row.WholeNumber("step"))).ToDictionary(group => group.Key, group => (IReadOnlyList<(double, double)>)[.. group.Select(row => (row.RealNumber("x"), row.RealNumber("y")))]);
        if (planes.Count == 0) throw new GoldilocksException($"components.parquet: holds nothing of run {run.ShortId}. Run the analyze stage with components: 4 on its checkpoints.");
        var frequencies = TableFile.Open(engine, input.AnalyzeFolder, "frequencies", "analyze")
            .Rows(["frequency", "share", "plane_share"], [], $"{mine} AND step = (SELECT max(step) FROM frequencies {mine}) ORDER BY frequency", cancellation)
            .Select(row => (row.WholeNumber("frequency"), row.RealNumber("share"), row.RealNumber("plane_share")));
        var accuracies = TableFile.Open(engine, input.AnalyzeFolder, "component_accuracy", "analyze")
            .Rows(["axes", "step", "components", "validation_accuracy"], [], $"{mine} AND validation_accuracy IS NOT NULL ORDER BY axes, step, components", cancellation)
            .Select(row => (row.Words("axes"), row.WholeNumber("step"), row.WholeNumber("components"), row.RealNumber("validation_accuracy")));
        return new ComponentTables(planes, [.. frequencies], [.. accuracies]);
    }

    /// <summary>All symbols in the plane of the first two components.</summary>
    /// <param name="axes">own or final.</param>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    public IReadOnlyList<(double X, double Y)> Plane(string axes, long step) => _planes[(axes, step)];

    /// <summary>The first checkpoint at or after a step; the last for none.</summary>
    public long At(long? step) => Steps.FirstOrDefault(one => one >= (step ?? long.MaxValue), Steps[^1]);
}
