using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Pipeline.Tests;

/// <summary>The ledger over real Parquet tables that a fake stage writes.</summary>
public sealed class ClaimTests : IDisposable
{
    private const string Ledger = """
        claims:
          first:
            claim: The mean is large
            source: section 1
            pipelines: fig
            query: |
              SELECT avg(value) AS mean, count(*) AS n
              FROM fig.data
            holds_if: mean > 5
            tolerance: none
            recorded: holds
          second:
            claim: No value is missing
            source: section 2
            pipelines: [fig]
            query: SELECT count(*) FILTER (value IS NULL) AS missing FROM fig.data
            holds_if: missing = 0
            tolerance: none
            recorded: fails
        """;

    private readonly Bench _bench = new("""
        pipelines:
          fig:
            reproduces: Figure 9
            train: { seed: 3 }
            presets:
              full:
                train: { seed: 30 }
          other:
            train: {}
        """);

    public ClaimTests()
    {
        _bench.Train.Work = context => Write(context.OutputFolder, (long)context.Configuration["seed"]!, (long)context.Configuration["seed"]! * 3, null);
        File.WriteAllText(LedgerPath, Ledger);
    }

    private string LedgerPath => Path.Combine(_bench.Folder, "claims.yml");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Before_anything_has_run_no_claim_has_a_verdict()
    {
        var (code, output, error) = _bench.Run("claims");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("""
            not run  first: The mean is large
                     section 1. Run fig first.
            not run  second: No value is missing
                     section 2. Run fig first.
            2 claims: 2 not run

            """, output);
    }

    [Fact]
    public void Reproduce_runs_the_figures_and_judges()
    {
        var (code, output, error) = _bench.Run("reproduce");
        Assert.Equal((0, ""), (code, error));
        var page = _bench.PathOf("index.html");
        Assert.EndsWith($"""
            holds    first: The mean is large
                     section 1. Measured: mean 6, n 3. Holds if mean > 5.
            fails    second: No value is missing [as recorded]
                     section 2. Measured: missing 1. Holds if missing = 0.
            2 claims: 1 hold as recorded, 1 fail as recorded
            see {page}

            """, output, StringComparison.Ordinal);
        Assert.Contains("1 hold and 1 do not; every verdict is the one on record.", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal(1, _bench.Train.Runs);
        Assert.False(Directory.Exists(_bench.PathOf("other")));
    }

    [Fact]
    public void A_claim_recorded_as_holding_that_does_not_is_exit_code_3()
    {
        File.WriteAllText(LedgerPath, Ledger.Replace("mean > 5", "mean > 6", StringComparison.Ordinal));
        var (code, output, error) = _bench.Run("reproduce");
        Assert.Equal(ExitCodes.Mismatch, code);
        Assert.Contains("fails    first: The mean is large [recorded as holding]\n", output, StringComparison.Ordinal);
        Assert.Equal("error: first is recorded as holding and does not: mean 6, n 3.\n", error);
        Assert.Equal(ExitCodes.Mismatch, _bench.Run("claims").Code);
    }

    [Fact]
    public void A_claim_recorded_as_failing_that_holds_is_news_and_no_failure()
    {
        File.WriteAllText(LedgerPath, Ledger.Replace("missing = 0", "missing = 1", StringComparison.Ordinal));
        var (code, output, error) = _bench.Run("reproduce");
        Assert.Equal(0, code);
        Assert.Contains("1 hold though recorded as failing", output, StringComparison.Ordinal);
        Assert.StartsWith("note: second is recorded as failing and holds here.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_value_does_not_support_a_claim()
    {
        File.WriteAllText(LedgerPath, Ledger.Replace("avg(value)", "avg(value) FILTER (value > 1000)", StringComparison.Ordinal));
        var (code, output, _) = _bench.Run("reproduce");
        Assert.Equal(ExitCodes.Mismatch, code);
        Assert.Contains("Measured: mean null, n 3.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_speaks_under_its_pipelines_name()
    {
        _bench.Run("reproduce", "--preset", "full");
        Assert.Contains("./goldilocks reproduce --preset full", File.ReadAllText(_bench.PathOf("index.html")), StringComparison.Ordinal);
        Assert.Contains("mean 60", _bench.Run("claims", "--preset", "full").Output, StringComparison.Ordinal);
        Assert.Contains("not run  first", _bench.Run("claims").Output, StringComparison.Ordinal);
        Assert.Equal("error: unknown preset \"ful\". Did you mean \"full\"?\n", _bench.Run("claims", "--preset", "ful").Error);
    }

    [Fact]
    public void Results_of_another_configuration_are_judged_and_marked()
    {
        _bench.Run("reproduce");
        File.WriteAllText(_bench.YamlPath, File.ReadAllText(_bench.YamlPath).Replace("seed: 3 ", "seed: 4 ", StringComparison.Ordinal));
        Assert.Contains("holds    first: The mean is large [of an earlier configuration of fig]\n", _bench.Run("claims").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_verdicts_and_values()
    {
        var (_, output, _) = _bench.Run("reproduce", "--json");
        var claims = JsonNode.Parse(output)!["claims"]!.AsArray();
        Assert.Equal(["holds", "fails"], claims.Select(claim => (string?)claim!["verdict"]));
        Assert.Equal(6.0, (double)claims[0]!["values"]!["mean"]!);
        Assert.Equal(1, (int)claims[1]!["values"]!["missing"]!);
    }

    [Theory]
    [InlineData("query: SELECT count(*) FILTER", "query: SELEC count(*) FILTER", "claims.yml:12: claim second: ")]
    [InlineData("FROM fig.data\n    holds_if: mean", "FROM fig.data GROUP BY value\n    holds_if: mean", "claims.yml:2: claim first: its query gives 3 rows; exactly one is needed.")]
    [InlineData("recorded: fails", "recorded: maybe", "claims.yml:12: second.recorded: \"maybe\" is not allowed; expected holds or fails.")]
    [InlineData("pipelines: [fig]", "pipelines: [fgi]", "claims.yml:12: claim second: unknown pipeline \"fgi\". Did you mean \"fig\"?")]
    [InlineData("    source: section 2\n", "", "claims.yml:12: claim second has no \"source\".")]
    [InlineData("source: section 2", "sourc: section 2", "claims.yml:14: unknown key \"sourc\" in claim second. Did you mean \"source\"?")]
    [InlineData("source: section 2", "source: [a]", "claims.yml:14: second.source must be a text, not a list.")]
    [InlineData("claims:\n", "claim:\n", "claims.yml:1: the file must hold one mapping \"claims:\".")]
    public void A_wrong_ledger_is_one_line(string was, string now, string expected)
    {
        Assert.Contains(was, Ledger, StringComparison.Ordinal);
        File.WriteAllText(LedgerPath, Ledger.Replace(was, now, StringComparison.Ordinal));
        var (code, _, error) = _bench.Run("reproduce");
        Assert.Equal(ExitCodes.Usage, code);
        Assert.StartsWith($"error: {expected}", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public void A_figure_that_fails_decides_the_exit_code_and_leaves_its_claims_open()
    {
        _bench.Train.Work = _ => throw new GoldilocksException("no luck.", ExitCodes.StageFailed);
        var (code, output, _) = _bench.Run("reproduce");
        Assert.Equal(ExitCodes.StageFailed, code);
        Assert.Contains("2 claims: 2 not run", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_projects_own_ledger_is_well_formed()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "pipelines.yml"))) root = root.Parent!;
        string[] stages = ["train", "export", "analyze", "theory", "report"];
        var claims = ClaimsFile.Read(Path.Combine(root.FullName, "claims.yml"), PipelineFile.Read(Path.Combine(root.FullName, "pipelines.yml"), stages));
        Assert.True(claims.Count > 20);
        Assert.Contains(claims, claim => !claim.RecordedAsHolding);
    }

    private static void Write(string folder, params double?[] values)
    {
        using var table = new TableWriter(new TableSchema("data", 1, [new("value", ColumnType.Float64, "a value")], ["value"]));
        foreach (var value in values) table.Append(value).EndRow();
        table.Write(Path.Combine(folder, "data.parquet"));
    }
}
