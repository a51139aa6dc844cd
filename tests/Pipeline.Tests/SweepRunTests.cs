using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Train;

namespace Goldilocks.Pipeline.Tests;

/// <summary>Sweeps through the command line: executors, shards, what status says, and what is refused.</summary>
public sealed class SweepRunTests : IDisposable
{
    private const string Yaml = """
        pipelines:
          sweep:
            train:
              recipe: toy-addition
              p: 6
              train_samples: 17
              width: 8
              checkpoints: none
              record_per_decade: 0
              steps: 300
              seed: {range: [0, 5]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-test-").FullName;

    public SweepRunTests() => File.WriteAllText(Path.Combine(_folder, "pipelines.yml"), Yaml);

    private string TrainFolder => Path.Combine(_folder, "artifacts", "sweep", "train");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Executors_jobs_and_shards_give_the_same_bytes()
    {
        string? expected = null;
        foreach (var options in new[] { "--jobs 1 --shards 1", "--jobs 2 --shards 6", "--executor debug", "--jobs 2 --shards 4" })
        {
            Assert.Equal(0, Run(["run", "sweep", "--force", .. options.Split(' ')]).Code);
            var bytes = Convert.ToHexString(File.ReadAllBytes(Path.Combine(TrainFolder, "runs.parquet")));
            Assert.Equal(expected ??= bytes, bytes);
            Assert.False(Directory.Exists(Path.Combine(TrainFolder, SweepPlan.FolderName)));
        }
    }

    [Fact]
    public void Status_counts_the_runs_of_a_sweep_under_way()
    {
        Begin(shards: 3);
        Assert.Equal(0, Run(["shard", TrainFolder, "--shard", "1"]).Code);
        var (_, output, _) = Run(["status", "sweep"]);
        Assert.Contains("train: would run: no manifest (interrupted), resuming\n    2 of 6 runs done, 0 running, 0 failed, 4 left\n", output, StringComparison.Ordinal);
        var sweep = JsonNode.Parse(Run(["status", "sweep", "--json"]).Output)!["pipelines"]![0]!["stages"]![0]!["sweep"]!;
        Assert.Equal((6, 2, 4), ((int)sweep["runs"]!, (int)sweep["done"]!, (int)sweep["left"]!));

        // A damaged shard is told of, found, and done again.
        var path = SweepPlan.ShardPathIn(TrainFolder, 1);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        Assert.Contains(path, Run(["status", "sweep"]).Output, StringComparison.Ordinal);
        var (code, told, _) = Run(["run", "sweep"]);
        Assert.Equal(0, code);
        Assert.Contains("Its runs are trained again.", told, StringComparison.Ordinal);
        Assert.Contains("train: up to date", Run(["status", "sweep"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_that_changes_is_planned_anew_and_tasks_of_the_old_plan_refuse_to_work()
    {
        Begin(shards: 3);
        var old = SweepPlan.Read(TrainFolder)!.Identity;
        Assert.Equal(0, Run(["shard", TrainFolder, "--shard", "0", "--plan", old[..12]]).Code);
        Begin(shards: 2, "--set", "train.steps=200");
        var (code, _, error) = Run(["shard", TrainFolder, "--shard", "0", "--plan", old[..12]]);
        Assert.Equal(2, code);
        Assert.Contains($"is another plan ({SweepPlan.Read(TrainFolder)!.Identity[..12]}) than this task belongs to ({old[..12]}).", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(TrainFolder, SweepPlan.FolderName), "shard-*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("shard nowhere --shard 0", "there is no planned sweep in")]
    [InlineData("run sweep --shards 7", "--shards must lie in [1, 6], the number of runs, not 7.")]
    [InlineData("run sweep --shards 0", "--shards must lie in [1, 6], the number of runs, not 0.")]
    [InlineData("run sweep --submit-only", "--submit-only and --slurm-option belong to --executor slurm.")]
    [InlineData("run sweep --executor local --slurm-option=--time=5", "--submit-only and --slurm-option belong to --executor slurm.")]
    [InlineData("run sweep --executor cloud", "cloud")]
    public void Wrong_use_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        var (code, _, error) = Run(arguments.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_out_of_range_is_refused()
    {
        Begin(shards: 3);
        var (code, _, error) = Run(["shard", TrainFolder, "--shard", "3"]);
        Assert.Equal((2, "error: --shard must lie in [0, 2], not 3.\n"), (code, error));
    }

    [Fact]
    public void A_hundred_thousand_runs_are_planned_each_different()
    {
        var settings = PipelineFile.Parse("""
            pipelines:
              a:
                train: {recipe: toy-addition, seed: {range: [0, 9]}, decoder_lr: {logspace: [1e-5, 1e-2, 100]}, decoder_weight_decay: {linspace: [0, 20, 100]}}
            """, "p.yml", ["train"]).Pipelines[0].Stages["train"].Settings;
        var resolved = new TrainAdapter().Resolve(settings);
        Assert.Equal(100_000, (int)resolved["runs"]!);
        resolved.Remove("runs");
        var plan = SweepPlan.For(TrainAdapter.Runs(resolved), resolved, null);
        Assert.Equal((100_000, 391), (plan.Runs, plan.Shards));
    }

    /// <summary>A planned sweep of which nothing is trained: what is left when its first process is stopped at once.</summary>
    private void Begin(int shards, params string[] more)
    {
        var stage = new Planned();
        using var writer = new StringWriter();
        CommandHost.RunAsync(RootCommandBuilder.Create([stage], []), ["run", "sweep", "--shards", $"{shards}", "--file", Path.Combine(_folder, "pipelines.yml"), .. more], writer, writer).GetAwaiter().GetResult();
        Assert.NotNull(SweepPlan.Read(TrainFolder));
    }

    private (int Code, string Output, string Error) Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] all = arguments[0] == "shard" ? arguments : [.. arguments, "--file", Path.Combine(_folder, "pipelines.yml")];
        var code = CommandHost.RunAsync(RootCommandBuilder.Create([new TrainAdapter()], []), all, output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The train stage up to its plan.</summary>
    private sealed class Planned : IStage
    {
        private readonly TrainAdapter _train = new();

        public string Name => _train.Name;

        public int FormatVersion => _train.FormatVersion;

        public IReadOnlyList<string> Inputs => [];

        public IReadOnlyList<string> VolatileOutputs => _train.VolatileOutputs;

        public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings) => _train.Resolve(settings);

        public StageSummary Run(StageContext context) => _train.Run(context with { Cancellation = new CancellationToken(canceled: true) });
    }
}
