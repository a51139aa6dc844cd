using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline.Tests;

public sealed class RunTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_first_run_runs_everything_in_order_and_says_where_to_look()
    {
        _bench.Report.Summary = new StageSummary("1 page", "index.html");
        var (code, output, error) = _bench.Run("run");
        Assert.Equal(0, code);
        Assert.Equal("", error);
        var lines = Timeless(output);
        Assert.Equal(
        [
            "quickstart: The first one",
            "  train: no manifest (never run)",
            "    title: none, seed: 58",
            "  train: done in T, 1 file, 26 bytes",
            "  export: no manifest (never run)",
            "  export: done in T, 1 file, 28 bytes",
            "  report: no manifest (never run)",
            "    title: A page, seed: 0",
            "  report: done in T, 1 file, 81 bytes; 1 page",
            "quickstart: done in T",
            $"see {_bench.PathOf("quickstart", "report", "index.html")}",
        ], lines);
    }

    [Fact]
    public void An_unchanged_pipeline_runs_nothing()
    {
        _bench.Run("run");
        var (code, output, _) = _bench.Run("run");
        Assert.Equal(0, code);
        Assert.Equal("quickstart: all up to date\n", output);
        Assert.Equal(1, _bench.Train.Runs);
        Assert.Equal("quickstart: all up to date\n  train: up to date\n  export: up to date\n  report: up to date\n", _bench.Run("status", "quickstart").Output);
    }

    [Fact]
    public void A_changed_parameter_reruns_only_what_depends_on_it_and_says_why()
    {
        _bench.Run("run");
        var (_, output, _) = _bench.Run("run", "--set", "report.title=Another");
        Assert.Equal((1, 1, 2), (_bench.Train.Runs, _bench.Export.Runs, _bench.Report.Runs));
        Assert.Equal(
        [
            "quickstart: The first one", "  train: up to date", "  export: up to date", "  report: parameter title changed A page -> Another",
            "    title: Another, seed: 0", "  report: done in T, 1 file, 82 bytes", "quickstart: done in T",
        ], Timeless(output));

        var before = OutputsHash("train");
        (_, output, _) = _bench.Run("run", "--set", "quickstart.train.seed=7");
        var after = OutputsHash("train");
        Assert.Contains("  train: parameter seed changed 58 -> 7\n", output, StringComparison.Ordinal);
        Assert.Contains($"  export: input train changed ({before[..12]} -> {after[..12]})\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Unchanged_outputs_of_a_rerun_stage_stop_the_chain()
    {
        _bench.Train.Work = context => File.WriteAllText(Path.Combine(context.OutputFolder, "out.txt"), "the same");
        _bench.Run("run");
        var (_, status, _) = _bench.Run("status", "quickstart", "--set", "train.seed=59");
        Assert.Equal("""
            quickstart:
              train: would run: parameter seed changed 58 -> 59
              export: waits for train (runs again only if its outputs change)
              report: waits for train, export (runs again only if their outputs change)

            """, status);
        _bench.Run("run", "--set", "train.seed=59");
        Assert.Equal((2, 1, 1), (_bench.Train.Runs, _bench.Export.Runs, _bench.Report.Runs));
    }

    [Fact]
    public void A_volatile_output_is_recorded_but_reruns_nothing()
    {
        var time = 0;
        _bench.Train.VolatileOutputs = ["timings.txt"];
        _bench.Train.Work = context =>
        {
            FakeStage.Write(context);
            File.WriteAllText(Path.Combine(context.OutputFolder, "timings.txt"), $"{time++}");
        };
        _bench.Run("run");
        File.Delete(_bench.PathOf("quickstart", "train", "out.txt"));
        var (_, output, _) = _bench.Run("run");
        Assert.Contains("  train: output out.txt is missing\n", output, StringComparison.Ordinal);
        Assert.Contains("  export: up to date\n", output, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(_bench.PathOf("quickstart", "train", "timings.txt")));
        Assert.Equal(0, _bench.Run("verify").Code);
    }

    [Fact]
    public void Force_runs_everything_from_scratch()
    {
        _bench.Run("run");
        var (_, dry, _) = _bench.Run("run", "--force", "--dry-run");
        Assert.Contains("  train: would run: forced\n    title: none, seed: 58\n", dry, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Train.Runs);
        _bench.Run("run", "--force");
        Assert.Equal((2, 2, 2), (_bench.Train.Runs, _bench.Export.Runs, _bench.Report.Runs));
        Assert.False(_bench.Train.Last!.Resuming);
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        var (code, output, _) = _bench.Run("run", "--dry-run");
        Assert.Equal(0, code);
        Assert.StartsWith("quickstart:\n  train: would run: no manifest (never run)\n    title: none, seed: 58\n", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.PathOf()));
    }

    [Fact]
    public void A_new_format_version_reruns()
    {
        _bench.Run("run");
        _bench.Export.FormatVersion = 2;
        Assert.Contains("  export: would run: format version 1 -> 2\n", _bench.Run("status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_gets_its_inputs_jobs_and_configuration()
    {
        _bench.Run("run", "--jobs", "3");
        var context = _bench.Report.Last!;
        Assert.Equal(3, context.Jobs);
        Assert.Equal(["train", "export"], context.InputFolders.Keys);
        Assert.Equal(_bench.PathOf("quickstart", "export"), context.InputFolders["export"]);
        Assert.Equal("A page", (string?)context.Configuration["title"]);
    }

    [Fact]
    public void Json_is_the_only_thing_on_standard_output()
    {
        var (_, output, error) = _bench.Run("run", "--json");
        var stages = JsonNode.Parse(output)!["pipelines"]![0]!["stages"]!.AsArray();
        Assert.Equal(["train", "export", "report"], stages.Select(stage => (string?)stage!["stage"]));
        Assert.All(stages, stage => Assert.Equal("done", (string?)stage!["result"]));
        Assert.Contains("  train: done in", error, StringComparison.Ordinal);

        (_, output, _) = _bench.Run("status", "quickstart", "--json");
        Assert.All(JsonNode.Parse(output)!["pipelines"]![0]!["stages"]!.AsArray(), stage => Assert.Equal((string?)stage!["key"], (string?)stage["last_key"]));
    }

    [Fact]
    public void The_manifest_tells_what_was_done_but_the_key_knows_neither_time_nor_machine()
    {
        _bench.Run("run");
        var first = Manifest("train");
        _bench.Run("run", "--force");
        var second = Manifest("train");
        Assert.Equal((string?)first["key"], (string?)second["key"]);
        Assert.NotEqual((string?)first["started"], (string?)second["started"]);
        Assert.Equal("""{"title":"none","seed":58}""", first["configuration"]!.ToJsonString());
        Assert.Equal(26, (long)first["outputs"]!["out.txt"]!["bytes"]!);
        // SHA-256 of the 26 bytes {"title":"none","seed":58}, from sha256sum.
        Assert.Equal("2ad7f8cc0847946865d64980979c0f016d664688895cb0a858ce2399641dc153", (string?)first["outputs"]!["out.txt"]!["sha256"]);
        Assert.NotEqual("", (string?)first["environment"]!["code_version"]);
    }

    [Fact]
    public void Dag_and_list_show_what_there_is()
    {
        _bench.Run("run");
        Assert.Equal("""
            quickstart
            └─ train: up to date
               └─ export: up to date
                  └─ report (reads train too): up to date
            other
            └─ train: would run: no manifest (never run)

            """, _bench.Run("dag").Output);
        Assert.Equal("quickstart  The first one\nother\n", _bench.Run("list").Output);
    }

    internal static string[] Timeless(string output) =>
        [.. output.TrimEnd('\n').Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, "done in [0-9.]+ s", "done in T"))];

    private JsonNode Manifest(string stage) => JsonNode.Parse(File.ReadAllText(_bench.PathOf("quickstart", stage, "manifest.json")))!;

    private string OutputsHash(string stage) => (string)Manifest(stage)["outputs_hash"]!;
}
