using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Goldilocks.Native.Tests;

/// <summary>The tables as hyparquet sees them, a reader that shares no code with DuckDB.</summary>
public sealed class IndependentReaderTests
{
    [Fact]
    public void Hyparquet_reads_the_values_that_were_written()
    {
        using var folder = new TemporaryFolder();
        SampleTable.Write(folder.File("a.parquet"), Enumerable.Range(0, SampleTable.Rows.Length));

        using var document = Read(folder.File("a.parquet"));
        var root = document.RootElement;
        Assert.Equal("3", root.GetProperty("metadata").GetProperty("schema_version").GetString());
        Assert.Equal(SampleTable.Schema.Columns[0].Doc, root.GetProperty("metadata").GetProperty("doc.run").GetString());
        Assert.Equal(["ZSTD"], root.GetProperty("codecs").EnumerateArray().Select(codec => codec.GetString()!));

        var rows = root.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(SampleTable.Rows.Length, rows.Length);
        foreach (var row in rows)
        {
            var step = Text(row, "step") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : (long?)null;
            var expected = SampleTable.Rows.Single(r => r.Run == Text(row, "run") && r.Step == step);
            Assert.Equal(expected.Symbol?.ToString(CultureInfo.InvariantCulture), Text(row, "symbol"));
            Assert.Equal(expected.Finished, Text(row, "finished") is { } flag ? bool.Parse(flag) : null);
            var value = Text(row, "value") is { } number ? double.Parse(number, CultureInfo.InvariantCulture) : (double?)null;
            Assert.Equal(expected.Value is { } bits ? BitConverter.DoubleToInt64Bits(bits) : null, value is { } read ? BitConverter.DoubleToInt64Bits(read) : (long?)null);
        }
    }

    [Fact]
    public void Hyparquet_reads_several_row_groups()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new TableWriter(new TableSchema("t", 1, [new("n", ColumnType.Int64, "A number."), new("root", ColumnType.Float64, "Its root.")], ["n"])))
        {
            for (var n = 124_999; n >= 0; n--) writer.Append(n).Append(Math.Sqrt(n)).EndRow();
            writer.Write(folder.File("a.parquet"));
        }

        using var document = Read(folder.File("a.parquet"));
        var rows = document.RootElement.GetProperty("rows");
        Assert.Equal(125_000, rows.GetArrayLength());
        var n0 = 0;
        foreach (var row in rows.EnumerateArray())
        {
            Assert.Equal(n0.ToString(CultureInfo.InvariantCulture), row.GetProperty("n").GetString());
            Assert.Equal(Math.Sqrt(n0++), row.GetProperty("root").GetDouble());
        }
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    private static JsonDocument Read(string parquet)
    {
        using var node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "read-parquet.mjs"), NativeLibraries.NodeModules, parquet },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync();
        var document = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(document);
    }
}
