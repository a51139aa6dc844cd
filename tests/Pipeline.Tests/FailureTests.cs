using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

public sealed class FailureTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void An_unexpected_exception_is_one_line_with_a_log()
    {
        _bench.Export.Work = _ => throw new InvalidOperationException("the tensor\nis odd");
        var (code, _, error) = _bench.Run("run");
        var log = _bench.PathOf("quickstart", "export", "error.log");
        Assert.Equal(1, code);
        Assert.Equal($"error: quickstart: stage export failed: InvalidOperationException: the tensor is odd (details: {log})\n", error);
        Assert.Contains("at Goldilocks.Pipeline.Tests.FailureTests", File.ReadAllText(log), StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("quickstart", "export", "manifest.json")));
        Assert.Equal(0, _bench.Report.Runs);
    }

    [Fact]
    public void A_user_error_keeps_its_exit_code_also_out_of_parallel_work()
    {
        _bench.Train.Work = _ => throw new AggregateException(new IOException("second"), new GoldilocksException("no native library.", ExitCodes.Usage));
        var (code, _, error) = _bench.Run("run");
        Assert.Equal(2, code);
        Assert.Equal("error: quickstart/train: no native library.\n", error);
        Assert.False(File.Exists(_bench.PathOf("quickstart", "train", "error.log")));
    }

    [Fact]
    public void A_full_disk_is_wrong_usage_and_not_a_crash()
    {
        if (!File.Exists("/dev/full")) return;
        _bench.Train.Work = _ => File.WriteAllText("/dev/full", "x");
        var (code, _, error) = _bench.Run("run");
        Assert.Equal(2, code);
        Assert.Matches("^error: quickstart/train: No space left on device.*Check that the folder is writable and has space, or choose another with --artifacts DIR\\.\n$", error);
    }

    [Fact]
    public void Without_keep_going_the_first_failure_ends_the_run()
    {
        _bench.Export.Work = _ => throw new InvalidOperationException("odd");
        Assert.Equal(1, _bench.Run("run", "quickstart", "other").Code);
        Assert.Equal(1, _bench.Train.Runs);
    }

    [Fact]
    public void With_keep_going_what_does_not_depend_on_the_failure_goes_on()
    {
        _bench.Export.Work = _ => throw new GoldilocksException("bad checkpoint.");
        var (code, output, error) = _bench.Run("run", "quickstart", "other", "--keep-going", "--json");
        Assert.Equal(2, code);
        Assert.Equal(2, _bench.Train.Runs);
        Assert.Contains("  report: skipped (depends on export, which failed)\n", error, StringComparison.Ordinal);
        Assert.EndsWith("1 of 4 stages failed, 1 skipped:\n  quickstart/export: bad checkpoint.\n", error, StringComparison.Ordinal);
        var pipelines = JsonNode.Parse(output)!["pipelines"]!;
        Assert.Equal(["done", "failed", "skipped"], pipelines[0]!["stages"]!.AsArray().Select(stage => (string?)stage!["result"]));
        Assert.Equal(["done"], pipelines[1]!["stages"]!.AsArray().Select(stage => (string?)stage!["result"]));
    }

    [Fact]
    public void A_read_only_folder_is_one_line()
    {
        // A file where the folder should be stops root as well, whom permissions do not.
        File.WriteAllText(Path.Combine(_bench.Folder, "blocked"), "");
        var (code, _, error) = _bench.Run("run", "--artifacts", Path.Combine(_bench.Folder, "blocked"));
        Assert.Equal(2, code);
        Assert.StartsWith($"error: quickstart/train: cannot write {Path.Combine(_bench.Folder, "blocked", "quickstart", "train")}: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_folder_that_is_not_ours_is_not_touched()
    {
        var mine = _bench.PathOf("quickstart", "train", "thesis.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        File.WriteAllText(mine, "years of work");
        foreach (var arguments in new string[][] { ["run"], ["run", "--force"] })
        {
            var (code, _, error) = _bench.Run(arguments);
            Assert.Equal(2, code);
            Assert.Equal($"error: quickstart/train: {mine} was not made by goldilocks. Move it away, or choose another folder with --artifacts DIR.\n", error);
        }

        Assert.Equal("nothing to clean\n", _bench.Run("clean").Output);
        Assert.Equal("years of work", File.ReadAllText(mine));
    }

    [Theory]
    [InlineData(new[] { "rn" }, "error: unknown command \"rn\". Did you mean \"run\"?")]
    [InlineData(new[] { "run", "--forse" }, "error: unknown option \"--forse\". Did you mean \"--force\"?")]
    [InlineData(new[] { "run", "--jobs", "0" }, "error: --jobs must be a whole number from 1 to 1024, not \"0\".")]
    [InlineData(new[] { "run", "quikstart" }, "error: unknown pipeline \"quikstart\". Did you mean \"quickstart\"?")]
    [InlineData(new[] { "run", "--set", "train.seed" }, "error: --set train.seed: expected stage.key=value or pipeline.stage.key=value, for example --set train.seed=7.")]
    [InlineData(new[] { "run", "--set", "a.b.c.d.e=1" }, "error: --set a.b.c.d.e=1: expected stage.key=value or pipeline.stage.key=value, for example --set train.seed=7.")]
    [InlineData(new[] { "run", "--set", "trian.seed=1" }, "error: --set trian.seed=1: unknown stage \"trian\". Did you mean \"train\"?")]
    [InlineData(new[] { "run", "--set", "train.sed=1" }, "error: --set train.sed: unknown key \"sed\". Did you mean \"seed\"?")]
    [InlineData(new[] { "run", "--set", "export.sed=1" }, "error: --set export.sed: unknown key \"sed\"; this stage has no settings.")]
    [InlineData(new[] { "run", "--set", "train.seed=-1" }, "error: --set train.seed: seed must be a whole number from 0 to 1000, not \"-1\".")]
    [InlineData(new[] { "run", "--set", "othr.train.seed=1" }, "error: unknown pipeline \"othr\". Did you mean \"other\"?")]
    [InlineData(new[] { "run", "--set", "other.train.seed=1" }, "error: --set other.train.seed: pipeline \"other\" is not among those named (quickstart).")]
    [InlineData(new[] { "run", "other", "--set", "report.title=1" }, "error: --set report.title: no stage \"report\" in other.")]
    public void Wrong_usage_is_explained_and_runs_nothing(string[] arguments, string expected)
    {
        var (code, output, error) = _bench.Run(arguments);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Equal(expected, error.Split('\n')[0]);
        Assert.Equal(0, _bench.Train.Runs);
    }

    [Fact]
    public void An_error_of_a_stage_that_knows_no_lines_gets_the_line_of_the_setting_it_names()
    {
        _bench.Train.Resolver = _ => throw new GoldilocksException("seed must be even.");
        Assert.Equal("error: pipelines.yml:4: quickstart.train: seed must be even.\n", _bench.Run("run").Error);
        _bench.Train.Resolver = _ => throw new GoldilocksException("impossible split.");
        Assert.Equal("error: pipelines.yml:4: quickstart.train: impossible split.\n", _bench.Run("run").Error);
        Assert.Equal("error: --set train.seed: quickstart.train: seed must be even.\n", Rerun("seed must be even."));

        string Rerun(string message)
        {
            _bench.Train.Resolver = _ => throw new GoldilocksException(message);
            return _bench.Run("run", "--set", "train.seed=3").Error;
        }
    }
}
