using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

public sealed class ReportDataTests
{
    private static string Complaint(Action<TemporaryFolder> spoil)
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), folder.Inner("analyze"), SampleRun.Published);
        spoil(folder);
        var exception = Assert.Throws<GoldilocksException>(() => ReportData.Read(folder.Inner("train"), folder.Inner("analyze"), CancellationToken.None));
        Assert.DoesNotContain('\n', exception.Message);
        return exception.Message;
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("curves")]
    [InlineData("embeddings")]
    public void A_missing_table_is_named(string table) =>
        Assert.Contains($"{table}.parquet: no such file.", Complaint(folder => File.Delete(folder.Inner("train", $"{table}.parquet"))), StringComparison.Ordinal);

    [Fact]
    public void A_damaged_table_is_named() =>
        Assert.Contains("curves.parquet: cannot be read as Parquet", Complaint(folder => File.WriteAllText(folder.Inner("train", "curves.parquet"), "PAR1 no")), StringComparison.Ordinal);

    [Fact]
    public void A_missing_column_is_named() => Assert.Contains("runs.parquet: has no column phase.", Complaint(folder =>
    {
        using var table = new TableWriter(new TableSchema("runs", 1, [new("run", ColumnType.Text, "run")], ["run"]));
        table.Append("x").EndRow();
        table.Write(folder.Inner("train", "runs.parquet"));
    }), StringComparison.Ordinal);

    [Fact]
    public void A_table_without_runs_is_refused() =>
        Assert.Contains("holds no run. Train at least one.", Complaint(folder => SampleTables.Runs(folder.Inner("train"), [])), StringComparison.Ordinal);

    [Fact]
    public void Missing_analysis_columns_and_values_are_null()
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), null, SampleRun.Published);
        using (var table = new TableWriter(new TableSchema("analysis", 1,
            [new("run", ColumnType.Text, "run"), new("step", ColumnType.Int64, "step"), new("rqi", ColumnType.Float64, "rqi")], ["run"])))
        {
            table.Append(SampleRun.Published.Id).Append(0L).AppendNull().EndRow();
            table.Append((string?)null).AppendNull().Append(0.5).EndRow();
            table.Write(folder.Inner("analyze", "analysis.parquet"));
        }

        var row = Assert.Single(ReportData.Read(folder.Inner("train"), folder.Inner("analyze"), CancellationToken.None).First.Analysis!);
        Assert.Equal(new AnalysisRow(0, null, null, null, null, null, null, null, null), row);
    }

    [Fact]
    public void Curves_know_their_values()
    {
        var data = Reports.Data(SampleRun.Published).First;
        Assert.Equal(0.43041229, data.TrainLoss.At(1000));
        Assert.Null(data.TrainLoss.At(1001));
        Assert.Equal((1000, 0.43041229), data.TrainLoss.Nearest(1001));
        Assert.Equal(10, data.Embeddings.Symbols);
        Assert.Equal(2, data.Analysis![^1].Nullity);
    }
}
