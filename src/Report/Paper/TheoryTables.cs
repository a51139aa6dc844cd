using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Reads what the theory stage wrote.</summary>
internal sealed class TheoryTables(QueryEngine engine, string? folder, CancellationToken cancellation)
{
    /// <summary>Steps of a trajectory that a chart can still tell apart.</summary>
    private const int MostSteps = 240;

    /// <summary>Sizes of training sets, ascending.</summary>
    /// <exception cref="GoldilocksException">The table is missing, of another schema, or has none of this p.</exception>
    public IReadOnlyList<CriticalPoint> Critical(long symbols)
    {
        string[] columns = ["samples", "fraction", "draws", "unique_draws", "probability", "low", "high"];
        var rows = Table("critical").Rows(columns, ["authors_draws", "authors_unique"], $"WHERE p = {symbols} ORDER BY samples", cancellation);
        if (rows.Count == 0) throw new GoldilocksException($"critical.parquet: holds nothing for p = {symbols}, the runs' number of symbols. Run the theory stage for it.");
        return [.. rows.Select(row => new CriticalPoint(
            row.WholeNumber("samples"), row.RealNumber("fraction"), row.WholeNumber("draws"), row.WholeNumber("unique_draws"), row.RealNumber("probability"),
            row.RealNumber("low"), row.RealNumber("high"),
            row.Integer("authors_draws") is > 0 and var draws ? row.Integer("authors_unique") / (double)draws : null, row.Integer("authors_draws")))];
    }

    /// <summary>Quantiles of λ3 by size of the training set, ascending.</summary>
    /// <exception cref="GoldilocksException">The table is missing, of another schema, or has none of this p.</exception>
    public IReadOnlyList<RateBand> Rates(long symbols, string convention)
    {
        var column = $"lambda3_{convention}";
        string Quantile(string share, string name) => $"quantile_cont({column}, {share}) AS {name}";
        var rows = Table("rates").Compute(
            ["p", "samples", "fraction", column],
            $"samples, min(fraction) AS fraction, count(*) AS draws, count(*) FILTER (WHERE {column} = 0) AS zeros, {Quantile("0.05", "low")}, {Quantile("0.25", "lower")}, {Quantile("0.5", "median")}, {Quantile("0.75", "upper")}, {Quantile("0.95", "high")}",
            $"WHERE p = {symbols} GROUP BY samples ORDER BY samples", cancellation);
        if (rows.Count == 0) throw new GoldilocksException($"rates.parquet: holds nothing for p = {symbols}, the runs' number of symbols. Run the theory stage for it.");
        return [.. rows.Select(row => new RateBand(
            row.WholeNumber("samples"), row.RealNumber("fraction"), row.WholeNumber("draws"), row.WholeNumber("zeros"), row.RealNumber("low"), row.RealNumber("lower"),
            row.RealNumber("median"), row.RealNumber("upper"), row.RealNumber("high")))];
    }

    /// <summary>The trajectory under one convention, thinned to what a chart can show.</summary>
    /// <exception cref="GoldilocksException">A table is missing, of another schema, or without this convention.</exception>
    public Trajectory Trajectory(string convention)
    {
        var filter = $"WHERE convention = {SqlText.Literal(convention)}";
        var table = Table("trajectories");
        long[] steps = [.. table.Compute(["convention", "step", "symbol", "value"], "DISTINCT step", $"{filter} ORDER BY step", cancellation).Select(row => row.WholeNumber("step"))];
        var invariants = Table("invariants").Rows(["step", "loss", "squared_norm", "centre", "relaxation_steps"], [], $"{filter} ORDER BY step", cancellation);
        if (steps.Length == 0 || invariants.Count == 0) throw new GoldilocksException($"trajectories.parquet: holds nothing of the {convention} convention. Run the theory stage again.");
        var shown = Enumerable.Range(0, Math.Min(steps.Length, MostSteps)).Select(i => steps[(int)((long)i * (steps.Length - 1) / Math.Max(Math.Min(steps.Length, MostSteps) - 1, 1))]);
        var rows = table.Rows(["step", "symbol", "value"], [], $"{filter} AND step IN ({string.Join(", ", shown)}) ORDER BY step, symbol", cancellation);
        Invariants At(TableRow row) => new(row.WholeNumber("step"), row.RealNumber("loss"), row.RealNumber("squared_norm"));
        return new Trajectory(
            convention, [.. rows.Select(row => (row.WholeNumber("step"), row.WholeNumber("symbol"), row.RealNumber("value")))], invariants[0].RealNumber("relaxation_steps"),
            At(invariants[0]), At(invariants[^1]), invariants.Max(row => Math.Abs(row.RealNumber("centre"))));
    }

    /// <summary>The authors' stored runs, by size and seed; none for another number of symbols than theirs.</summary>
    /// <exception cref="GoldilocksException">The table is missing or of another schema.</exception>
    public IReadOnlyList<StoredRun> Stored(long symbols)
    {
        string[] columns = ["train_samples", "seed", "accuracy", "predicted_accuracy", "ideal_accuracy", "nullity", "permissible_parallelograms", "rqi_step"];
        var rows = Table("stored_runs").Rows(columns, [], "ORDER BY train_samples, seed", cancellation);
        return symbols != StoredRun.Symbols ? [] : [.. rows.Select(row => new StoredRun(
            row.WholeNumber("train_samples"), row.WholeNumber("seed"), row.RealNumber("accuracy"), row.RealNumber("predicted_accuracy"), row.RealNumber("ideal_accuracy"),
            row.WholeNumber("nullity"), row.WholeNumber("permissible_parallelograms"), row.Integer("rqi_step")))];
    }

    private TableFile Table(string name) => TableFile.Open(engine, folder, name, "theory");
}
