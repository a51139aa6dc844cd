using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The table <c>rivals</c>.</summary>
internal static class RivalTable
{
    /// <summary>The table's file name.</summary>
    public const string FileName = "rivals.parquet";

    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    private const int SchemaVersion = 1;

    public static TableSchema Schema { get; } = new("rivals", SchemaVersion,
    [
        new("recipe", ColumnType.Text, "task and model of the runs"),
        new("measure", ColumnType.Text, "column of the table analysis, or of signatures"),
        new("account", ColumnType.Text, "where the measure comes from"),
        new("lead_runs", ColumnType.Int32, "runs that memorise, then generalise, and in which the measure and the validation accuracy both have a half-way step"),
        new("lead_steps", ColumnType.Float64, "median over these runs of the half-way step of the validation accuracy minus that of the measure, both between memorisation and the end (steps); null: no such run"),
        new("lead_low", ColumnType.Float64, "first quartile of the same"),
        new("lead_high", ColumnType.Float64, "third quartile of the same"),
        new("lead_factor", ColumnType.Float64, "median of the quotient of the two steps; above 1: the measure moves first"),
        new("lead_share", ColumnType.Float64, "fraction of these runs in which the measure moves first"),
        new("runs", ColumnType.Int32, "runs that memorise before they generalise and have a value there"),
        new("rank_correlation", ColumnType.Float64, "Spearman's, of the value at memorisation with the step of generalisation, never counting as last; null: not defined"),
        new("rank_low", ColumnType.Float64, "lower end of its 95 % interval over resampled runs"),
        new("rank_high", ColumnType.Float64, "upper end of the same"),
        new("within_correlation", ColumnType.Float64, "mean of the same correlation among runs of one weight decay; null: not defined"),
        new("generalising", ColumnType.Int32, "of these runs, those that generalise within their steps"),
        new("auc", ColumnType.Float64, "probability that the value at memorisation of a run that generalises is larger than that of one that does not; null: all do, or none"),
        new("auc_low", ColumnType.Float64, "lower end of its 95 % interval over resampled runs"),
        new("auc_high", ColumnType.Float64, "upper end of the same"),
    ], ["recipe", "measure"]);

    /// <exception cref="Core.GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<RivalRow> rows)
    {
        using var table = new TableWriter(Schema);
        foreach (var row in rows)
        {
            table.Append(row.Recipe).Append(row.Measure).Append(row.Account);
            table.Append((int?)(row.Lead?.Runs ?? 0)).Append(row.Lead?.Median).Append(row.Lead?.Quartiles.Low).Append(row.Lead?.Quartiles.High).Append(row.Lead?.Factor).Append(row.Lead?.First);
            table.Append((int?)row.When.Runs).Append(Finite(row.When.Rank)).Append(Finite(row.When.Interval.Low)).Append(Finite(row.When.Interval.High)).Append(Finite(row.When.Within));
            table.Append((int?)row.Whether.Generalising).Append(Finite(row.Whether.Area)).Append(Finite(row.Whether.Interval.Low)).Append(Finite(row.Whether.Interval.High)).EndRow();
        }

        table.Write(path);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
