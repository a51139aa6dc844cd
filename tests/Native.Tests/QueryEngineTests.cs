using Goldilocks.Core;

namespace Goldilocks.Native.Tests;

public sealed class QueryEngineTests
{
    [Fact]
    public void Values_of_every_decoded_type()
    {
        using var engine = new QueryEngine();
        var result = engine.Query("""
            SELECT true AS a, (-128)::TINYINT AS b, (-32768)::SMALLINT AS c, (-2147483648)::INTEGER AS d, (-9223372036854775808)::BIGINT AS e,
                   255::UTINYINT AS f, 65535::USMALLINT AS g, 4294967295::UINTEGER AS h, 18446744073709551615::UBIGINT AS i,
                   0.1::FLOAT AS j, 0.1::DOUBLE AS k, 'text' AS l, (-170141183460469231731)::HUGEINT AS m, -1.25 AS n,
                   12345.678::DECIMAL(9,3) AS o, (-123456789012.5)::DECIMAL(18,1) AS p, 1234567890123456789012.5::DECIMAL(38,2) AS q
            """);
        object[] expected =
        [
            true, sbyte.MinValue, short.MinValue, int.MinValue, long.MinValue, byte.MaxValue, ushort.MaxValue, uint.MaxValue, ulong.MaxValue,
            0.1f, 0.1, "text", -170141183460469231731m, -1.25m, 12345.678m, -123456789012.5m, 1234567890123456789012.5m,
        ];
        Assert.Equal(expected, result.Rows.Single());
        Assert.Equal(expected.Select(value => value.GetType()), result.Columns.Select(column => column.Type));
    }

    [Fact]
    public void Other_types_come_as_text_under_their_own_names()
    {
        using var engine = new QueryEngine();
        var result = engine.Query("SELECT [1.5, NULL] AS list, {'a': 1} AS struct, DATE '2022-05-20' AS day, 7 AS plain, NULL AS nothing;  ");
        Assert.Equal(["list", "struct", "day", "plain", "nothing"], result.Columns.Select(column => column.Name));
        Assert.Equal(["[1.5, NULL]", "{'a': 1}", "2022-05-20", 7, null], result.Rows.Single());
    }

    [Fact]
    public void Nulls_beyond_one_chunk()
    {
        using var engine = new QueryEngine();
        var result = engine.Query("SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS n, (i / 2)::DOUBLE AS d FROM range(5000) r(i)");
        Assert.Equal(5000, result.RowCount);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => i % 3 == 0 ? double.NaN : i), result["N"].ToDoubles());
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => i / 2.0), result["d"].ToDoubles());
        Assert.Contains("null in row 0", Assert.Throws<GoldilocksException>(() => result["n"].ToIntegers()).Message, StringComparison.Ordinal);
        Assert.Contains("not integers", Assert.Throws<GoldilocksException>(() => result["d"].ToIntegers()).Message, StringComparison.Ordinal);
        Assert.Contains("not text", Assert.Throws<GoldilocksException>(() => result["d"].ToTexts()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELEC 1", "Parser Error: syntax error at or near \"SELEC\"")]
    [InlineData("SELECT nope FROM (SELECT 1 AS step)", "\"nope\" not found in FROM clause!")]
    [InlineData("FROM missing", "Catalog Error: Table with name missing does not exist!")]
    [InlineData("FROM 'no/such.parquet'", "No files found that match the pattern")]
    [InlineData("SELECT 100000000000000000000000000000::HUGEINT AS n", "column n holds a number of more than 28 digits")]
    public void Errors_are_one_line(string sql, string part)
    {
        using var engine = new QueryEngine();
        var error = Assert.Throws<GoldilocksException>(() => engine.Query(sql));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Equal(1, engine.Query("SELECT 1 AS one").Rows.Single()[0]);
    }

    [Fact]
    public void A_missing_column_of_a_result_names_the_nearest()
    {
        using var engine = new QueryEngine();
        var result = engine.Query("SELECT 1 AS accuracy, 2 AS step");
        Assert.Contains("Did you mean \"accuracy\"?", Assert.Throws<GoldilocksException>(() => result["acuracy"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parquet_is_built_in_and_nothing_is_fetched_by_itself()
    {
        using var engine = new QueryEngine();
        Assert.Equal(new string?[] { "STATICALLY_LINKED" }, engine.Query("SELECT install_mode FROM duckdb_extensions() WHERE extension_name = 'parquet' AND loaded")["install_mode"].ToTexts());
        var settings = engine.Query("SELECT value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions')");
        Assert.Equal(new string?[] { "false", "false" }, settings["value"].ToTexts());
    }

    [Fact]
    public void A_broken_file_is_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.parquet"), "this is no Parquet file");
        using var engine = new QueryEngine();
        var error = Assert.Throws<GoldilocksException>(() => engine.RegisterParquet("runs", folder.File("a.parquet")));
        Assert.Contains("a.parquet", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Cancellation_stops_a_statement()
    {
        using var engine = new QueryEngine(threads: 1);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => engine.Query("SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(1000000) b(i)", source.Token)));
        Assert.Equal(1, engine.Query("SELECT 1 AS one").RowCount);
    }
}
