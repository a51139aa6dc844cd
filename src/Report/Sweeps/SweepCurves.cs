using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Reads the accuracies of all runs of a sweep at once.</summary>
internal static class SweepCurves
{
    /// <summary>Steps that are kept of each run, besides its first and its last.</summary>
    public const int MostSteps = 158;

    /// <inheritdoc cref="Read(QueryEngine, string, CancellationToken)"/>
    public static IReadOnlyDictionary<string, RunAccuracies> Read(string trainFolder, CancellationToken cancellation)
    {
        using var engine = new QueryEngine(threads: 1);
        return Read(engine, trainFolder, cancellation);
    }

    /// <summary>By the runs' identities; empty where none were recorded.</summary>
    /// <exception cref="GoldilocksException">The table is damaged or of another schema.</exception>
    public static IReadOnlyDictionary<string, RunAccuracies> Read(QueryEngine engine, string trainFolder, CancellationToken cancellation)
    {
        if (TableFile.TryOpen(engine, trainFolder, "curves") is not { } table) return new Dictionary<string, RunAccuracies>();
        const string accuracy = "FROM curves WHERE metric = 'accuracy'";
        table.Require("run", "step", "split", "metric", "value");
        var shared = Thinned(Steps($"{accuracy} GROUP BY step HAVING count(DISTINCT run) > 1 ORDER BY step"));
        if (shared.Count == 0) shared = Thinned(Steps($"{accuracy} GROUP BY step ORDER BY step"));
        var list = string.Join(", ", shared.Append(-1).Select(step => step.ToString(CultureInfo.InvariantCulture)));
        var rows = engine.Query(
            $"""
            WITH accuracies AS (SELECT run, step, max(value) FILTER (WHERE split = 'train') AS train, max(value) FILTER (WHERE split = 'validation') AS validation {accuracy} GROUP BY run, step)
            SELECT run, step, train, validation FROM accuracies
            QUALIFY step IN ({list}) OR step = min(step) OVER (PARTITION BY run) OR step = max(step) OVER (PARTITION BY run) ORDER BY run, step
            """, cancellation);
        var (runs, steps, train, validation) = (rows["run"].ToTexts(), rows["step"].ToIntegers(), rows["train"].ToDoubles(), rows["validation"].ToDoubles());
        return Enumerable.Range(0, rows.RowCount).GroupBy(row => runs[row] ?? "").ToDictionary(
            run => run.Key, run => new RunAccuracies([.. run.Select(row => steps[row])], [.. run.Select(row => train[row])], [.. run.Select(row => validation[row])]));

        long[] Steps(string rest) => engine.Query($"SELECT step {rest}", cancellation)["step"].ToIntegers();
    }

    /// <summary>At most <see cref="MostSteps"/> of ascending steps: half of them evenly in their order, half evenly in log(step + 1), so that neither axis shows gaps.</summary>
    public static IReadOnlyList<long> Thinned(IReadOnlyList<long> steps)
    {
        if (steps.Count <= MostSteps) return steps;
        const int half = MostSteps / 2;
        var kept = new SortedSet<long>(Enumerable.Range(0, half).Select(i => steps[(int)((long)i * (steps.Count - 1) / (half - 1))]));
        var (from, to) = (Math.Log(steps[0] + 1.0), Math.Log(steps[^1] + 1.0));
        kept.UnionWith(Enumerable.Range(0, half).Select(i => steps[Search.Nearest(steps, (long)Math.Exp(from + (i * (to - from) / (half - 1))) - 1)]));
        return [.. kept];
    }
}
