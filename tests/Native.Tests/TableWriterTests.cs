using Goldilocks.Core;

namespace Goldilocks.Native.Tests;

public sealed class TableWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_type_null_and_text_comes_back_in_key_order()
    {
        SampleTable.Write(_folder.File("a.parquet"), Enumerable.Range(0, SampleTable.Rows.Length));

        using var engine = new QueryEngine();
        engine.RegisterParquet("sample", _folder.File("a.parquet"));
        var result = engine.Query("FROM sample");

        Assert.Equal(["run", "symbol", "step", "value", "finished"], result.Columns.Select(column => column.Name));
        Assert.Equal([typeof(string), typeof(int), typeof(long), typeof(double), typeof(bool)], result.Columns.Select(column => column.Type));
        // Null first, then text by its bytes, then step: written by hand.
        Assert.Equal(new string?[] { null, "", "Größe 学習 🙂 it's 'quoted' \"twice\"\nsecond line", "a", "a", "b", "exactly12byt", "thirteen byte" }, result["run"].ToTexts());
        foreach (var row in result.Rows)
        {
            var expected = SampleTable.Rows.Single(r => r.Run == (string?)row[0] && r.Step == (long?)row[2]);
            Assert.Equal((expected.Symbol, expected.Value, expected.Finished), ((int?)row[1], (double?)row[3], (bool?)row[4]));
        }
    }

    [Fact]
    public void Equal_rows_give_equal_bytes_in_whatever_order_they_came()
    {
        var order = Enumerable.Range(0, SampleTable.Rows.Length).ToArray();
        SampleTable.Write(_folder.File("a.parquet"), order);
        SampleTable.Write(_folder.File("b.parquet"), order);
        SampleTable.Write(_folder.File("c.parquet"), order.Reverse());

        var bytes = File.ReadAllBytes(_folder.File("a.parquet"));
        Assert.Equal(bytes, File.ReadAllBytes(_folder.File("b.parquet")));
        Assert.Equal(bytes, File.ReadAllBytes(_folder.File("c.parquet")));
    }

    [Fact]
    public void Many_rows_span_chunks_and_row_groups_and_stay_deterministic()
    {
        const int rows = 130_000;
        foreach (var (name, stride) in new[] { ("a", 1), ("b", 7919) })
        {
            using var writer = new TableWriter(SampleTable.Schema);
            for (long n = 0; n < rows; n++)
            {
                var i = n * stride % rows;
                writer.Append($"run{i % 97}").Append((int)(i % 11)).Append(i % 1000 == 0 ? null : i).Append(Math.Sin(i)).Append(i % 2 == 0).EndRow();
            }

            Assert.Equal(rows, writer.RowCount);
            writer.Write(_folder.File($"{name}.parquet"));
        }

        Assert.Equal(File.ReadAllBytes(_folder.File("a.parquet")), File.ReadAllBytes(_folder.File("b.parquet")));
        using var engine = new QueryEngine();
        var sums = engine.Query($"""
            SELECT count(*), count(step), sum(step), count(DISTINCT run), count(*) FILTER (finished),
                   (SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{_folder.File("a.parquet")}'))
            FROM '{_folder.File("a.parquet")}'
            """).Rows.Single();
        var steps = Enumerable.Range(0, rows).Where(i => i % 1000 != 0).Select(i => (long)i).ToArray();
        Assert.Equal([(long)rows, (long)steps.Length, (decimal)steps.Sum(), 97L, rows / 2L, 2L], sums);
    }

    [Fact]
    public void Schema_version_docs_and_zstd_stand_in_the_file()
    {
        SampleTable.Write(_folder.File("a.parquet"), [0]);

        using var engine = new QueryEngine();
        var metadata = engine.Query($"SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('{_folder.File("a.parquet")}')");
        var pairs = metadata.Rows.ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
        Assert.Equal("sample", pairs["table"]);
        Assert.Equal("3", pairs["schema_version"]);
        foreach (var column in SampleTable.Schema.Columns) Assert.Equal(column.Doc, pairs[$"doc.{column.Name}"]);
        Assert.Equal(new string?[] { "ZSTD" }, engine.Query($"SELECT DISTINCT compression FROM parquet_metadata('{_folder.File("a.parquet")}')")["compression"].ToTexts());
    }

    [Fact]
    public void An_empty_table_is_a_file_with_columns_and_no_rows()
    {
        SampleTable.Write(_folder.File("a.parquet"), []);

        using var engine = new QueryEngine();
        var result = engine.Query($"FROM '{_folder.File("a.parquet")}'");
        Assert.Equal(5, result.Columns.Count);
        Assert.Empty(result.Rows);
    }

    [Fact]
    public void More_rows_may_follow_a_file()
    {
        using var writer = new TableWriter(new TableSchema("t", 1, [new("n", ColumnType.Int64, "A number.")], ["n"]));
        writer.Append(2).EndRow();
        writer.Write(_folder.File("a.parquet"));
        writer.Append(1).EndRow();
        writer.Write(_folder.File("b.parquet"));

        using var engine = new QueryEngine();
        engine.RegisterParquet("shards", _folder.File("a.parquet"), _folder.File("b.parquet"));
        Assert.Equal([1, 2, 2], engine.Query("SELECT n FROM shards ORDER BY n")["n"].ToIntegers());
    }

    [Fact]
    public void Rows_of_the_wrong_shape_are_refused()
    {
        using var writer = new TableWriter(SampleTable.Schema);
        Assert.Contains("column run holds Text, not Float64", Assert.Throws<InvalidOperationException>(() => writer.Append(1.0)).Message, StringComparison.Ordinal);
        writer.Append("a").Append(1);
        Assert.Contains("before column step", Assert.Throws<InvalidOperationException>(writer.EndRow).Message, StringComparison.Ordinal);
        Assert.Contains("unfinished", Assert.Throws<InvalidOperationException>(() => writer.Write(_folder.File("a.parquet"))).Message, StringComparison.Ordinal);
        writer.Append(1L).Append(1.0).Append(true);
        Assert.Contains("more than 5", Assert.Throws<InvalidOperationException>(() => writer.Append("more")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TableSchema("t", 1, [new("a", ColumnType.Text, ""), new("A", ColumnType.Text, "")], []));
        Assert.Throws<ArgumentException>(() => new TableSchema("t", 1, [new("a", ColumnType.Text, "")], ["b"]));
        Assert.Throws<ArgumentException>(() => new TableSchema("t", 1, [], []));
    }

    [Fact]
    public void An_unwritable_folder_is_one_line_and_leaves_nothing()
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<GoldilocksException>(() => SampleTable.Write(_folder.File("file/a.parquet"), [0]));
        Assert.StartsWith("cannot write ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);

        Directory.CreateDirectory(_folder.File("a.parquet"));
        Assert.Throws<GoldilocksException>(() => SampleTable.Write(_folder.File("a.parquet"), [0]));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public void A_full_disk_is_one_line_and_leaves_nothing()
    {
        if (!File.Exists("/dev/full")) return;
        using var writer = new TableWriter(SampleTable.Schema);
        var error = Assert.Throws<IOException>(() => writer.CopyTo("/dev/full"));
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
    }
}
