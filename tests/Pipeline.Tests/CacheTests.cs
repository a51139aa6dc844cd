namespace Goldilocks.Pipeline.Tests;

public sealed class CacheTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_key_is_stable_across_key_order_and_number_spelling()
    {
        var inputs = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" };
        var reversed = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" };
        string Key(string json, Dictionary<string, string> from, int version = 1) =>
            PlannedStage.ComputeKey("train", version, System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject(), from);
        var key = Key("""{"lr":0.0001,"n":{"x":1,"y":[1,2]}}""", inputs);
        Assert.Equal(key, Key("""{ "n": {"y":[1,2],"x":1.0}, "lr":1e-4 }""", reversed));
        Assert.NotEqual(key, Key("""{"lr":0.0001,"n":{"x":1,"y":[2,1]}}""", inputs));
        Assert.NotEqual(key, Key("""{"lr":0.0001,"n":{"x":1,"y":[1,2]}}""", inputs, version: 2));
        Assert.NotEqual(key, Key("""{"lr":0.0001,"n":{"x":1,"y":[1,2]}}""", new() { ["a"] = "1", ["b"] = "3" }));
        Assert.Matches("^[0-9a-f]{64}$", key);
    }

    [Fact]
    public void A_missing_or_resized_output_is_not_up_to_date()
    {
        _bench.Run("run");
        File.AppendAllText(_bench.PathOf("quickstart", "export", "out.txt"), "!");
        Assert.Contains("  export: would run: output out.txt has 29 bytes instead of 28\n", _bench.Run("status").Output, StringComparison.Ordinal);
        File.Delete(_bench.PathOf("quickstart", "export", "out.txt"));
        Assert.Contains("  export: would run: output out.txt is missing\n", _bench.Run("status").Output, StringComparison.Ordinal);
        _bench.Run("run");
        Assert.Equal("quickstart: all up to date\n", _bench.Run("run").Output);
    }

    [Fact]
    public void Verify_finds_each_mismatch()
    {
        _bench.Run("run");
        Assert.Equal((0, ""), (_bench.Run("verify").Code, _bench.Run("verify").Error));
        var train = _bench.PathOf("quickstart", "train", "out.txt");
        File.WriteAllText(train, File.ReadAllText(train).Replace("58", "59", StringComparison.Ordinal));
        File.Delete(_bench.PathOf("quickstart", "export", "out.txt"));
        File.WriteAllText(_bench.PathOf("quickstart", "report", "extra.txt"), "");
        var (code, output, error) = _bench.Run("verify", "quickstart");
        Assert.Equal(3, code);
        Assert.Matches("quickstart/train: out.txt has hash [0-9a-f]{12} instead of [0-9a-f]{12}\n", output);
        Assert.Contains("quickstart/export: out.txt is missing\n", output, StringComparison.Ordinal);
        Assert.Contains("quickstart/report: extra.txt is not in the manifest\n", output, StringComparison.Ordinal);
        Assert.Equal("error: 3 mismatches. 'goldilocks run --force' makes the outputs again.\n", error);
        Assert.Equal("quickstart: all up to date\n", Undone().Output);

        // Same size, so the cheap check cannot see it; once the others are made again, verify still does.
        (int Code, string Output, string Error) Undone()
        {
            File.WriteAllText(_bench.PathOf("quickstart", "export", "out.txt"), new string(' ', 28));
            return _bench.Run("run");
        }
    }

    [Fact]
    public void Verify_finds_an_altered_manifest_and_a_stale_chain()
    {
        _bench.Run("run");
        var path = _bench.PathOf("quickstart", "train", "manifest.json");
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"seed\": 58", "\"seed\": 59", StringComparison.Ordinal));
        var (code, output, _) = _bench.Run("verify");
        Assert.Equal(3, code);
        Assert.Contains("quickstart/train: manifest.json is damaged: its key does not follow from its configuration and inputs\n", output, StringComparison.Ordinal);

        File.WriteAllText(path, text);
        _bench.Export.Work = _ => throw new InvalidOperationException();
        _bench.Run("run", "--set", "train.seed=7");
        (code, output, _) = _bench.Run("verify");
        Assert.Equal(3, code);
        Assert.Matches("quickstart/report: was made from train [0-9a-f]{12}, which is now [0-9a-f]{12}\n", output);
    }

    [Fact]
    public void Verify_of_nothing_is_not_success()
    {
        var (code, _, error) = _bench.Run("verify");
        Assert.Equal(2, code);
        Assert.Equal("error: nothing to verify: no stage has finished. Run 'goldilocks run' first.\n", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"goldilocks_manifest\": 1}")]
    [InlineData("{\"goldilocks_manifest\": \"x\"}")]
    [InlineData("{\"goldilocks_manifest\": 1, \"stage\": 4}")]
    public void A_damaged_manifest_reruns(string text)
    {
        _bench.Run("run");
        File.WriteAllText(_bench.PathOf("quickstart", "train", "manifest.json"), text);
        Assert.Contains("  train: would run: manifest.json is damaged: ", _bench.Run("status").Output, StringComparison.Ordinal);
        Assert.Equal(0, _bench.Run("run").Code);
        Assert.Equal(2, _bench.Train.Runs);
    }

    [Fact]
    public void An_output_outside_the_folder_is_refused()
    {
        _bench.Run("run");
        var path = _bench.PathOf("quickstart", "train", "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"out.txt\"", "\"../../out.txt\"", StringComparison.Ordinal));
        Assert.Contains("lies outside the stage's folder", _bench.Run("status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Partial_work_is_kept_for_its_own_key_only()
    {
        var kept = new List<bool>();
        _bench.Train.Work = context =>
        {
            kept.Add(File.Exists(Path.Combine(context.OutputFolder, "checkpoint")));
            File.WriteAllText(Path.Combine(context.OutputFolder, "checkpoint"), "");
            File.WriteAllText(Path.Combine(context.OutputFolder, "x.tmp"), "");
            throw new InvalidOperationException("killed");
        };
        _bench.Run("run");
        _bench.Run("run");                              // same key: continues
        _bench.Run("run", "--set", "train.seed=7");     // another key: from scratch
        _bench.Run("run", "--set", "train.seed=7");
        _bench.Run("run", "--set", "train.seed=7", "--force");
        Assert.Equal([false, true, false, true, false], kept);

        _bench.Train.Work = context =>
        {
            Assert.False(File.Exists(Path.Combine(context.OutputFolder, "x.tmp")));
            Assert.False(File.Exists(Path.Combine(context.OutputFolder, "error.log")));
            FakeStage.Write(context);
        };
        Assert.Equal(0, _bench.Run("run", "--set", "train.seed=7").Code);
        Assert.True(_bench.Train.Last!.Resuming);
        Assert.Equal([".lock", ".owner", "checkpoint", "manifest.json", "out.txt"],
            Directory.EnumerateFiles(_bench.PathOf("quickstart", "train")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stopping_while_clearing_does_not_pass_old_files_off_as_partial_work()
    {
        _bench.Run("run");
        var folder = _bench.PathOf("quickstart", "train");
        File.Delete(Path.Combine(folder, "manifest.json"));
        File.WriteAllText(Path.Combine(folder, ".key"), "clearing\n");
        _bench.Run("run");
        Assert.False(_bench.Train.Last!.Resuming);
    }

    [Fact]
    public void Stale_files_of_an_earlier_run_are_gone()
    {
        _bench.Train.Work = context => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(context.OutputFolder, "deep")).FullName, "old"), "");
        _bench.Export.Work = _bench.Report.Work = _ => { };
        _bench.Run("run");
        _bench.Train.Work = FakeStage.Write;
        _bench.Run("run", "--set", "train.seed=7");
        Assert.False(Directory.Exists(_bench.PathOf("quickstart", "train", "deep")));
    }

    [Fact]
    public void Clean_deletes_what_was_made_and_nothing_else()
    {
        _bench.Run("run", "quickstart", "other");
        File.WriteAllText(_bench.PathOf("README.md"), "");
        Directory.CreateDirectory(_bench.PathOf("quickstart", "notes"));
        var (_, dry, _) = _bench.Run("clean", "other", "--dry-run");
        Assert.Equal($"would delete {_bench.PathOf("other", "train")}\n", dry);
        Assert.True(Directory.Exists(_bench.PathOf("other", "train")));
        Assert.Equal(0, _bench.Run("clean", "other").Code);
        Assert.False(Directory.Exists(_bench.PathOf("other")));
        Assert.True(Directory.Exists(_bench.PathOf("quickstart", "train")));
        Assert.Equal("error: no outputs of a pipeline \"quikstart\" in " + _bench.PathOf() + ". Did you mean \"quickstart\"?\n", _bench.Run("clean", "quikstart").Error);
        _bench.Run("clean");
        Assert.Equal(["README.md", "quickstart", "quickstart/notes"], Directory.EnumerateFileSystemEntries(_bench.PathOf(), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_bench.PathOf(), path)).Order(StringComparer.Ordinal));
    }
}
