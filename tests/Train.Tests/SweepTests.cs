using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Train.Tests;

/// <summary>A sweep cut into shards: whatever is done to it, the tables are the same bytes.</summary>
public sealed class SweepTests
{
    private static readonly string[] Small = ["p=6", "train_samples=17", "batch=17", "width=20", "output_dimension=5", "checkpoints=none", "record_per_decade=5"];

    private static readonly RunConfig[] Eight =
        [.. Enumerable.Range(0, 8).Select(i => Runs.Configure([.. Small, $"seed={i / 2}", $"decoder_lr={(i % 2 == 0 ? "1e-3" : "1e-4")}", $"steps={600 + (i * 10)}"]))];

    private readonly Lazy<SortedDictionary<string, string>> _expected = new(() =>
    {
        using var folder = new TemporaryFolder();
        TrainStage.Run(Eight, folder.Path, 1, null, default);
        return new(folder.Hashes());
    });

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 2)]
    public void Neither_shards_nor_jobs_show_in_the_tables(int shards, int jobs)
    {
        using var folder = new TemporaryFolder();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, shards);
        sweep.Train(jobs, stopAtFailure: false, null, default);
        Assert.Equal(shards, Directory.GetFiles(folder.File(".sweep", "shards")).Length);
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));

        // Merging is idempotent, and so is training what is complete.
        sweep.Train(jobs, stopAtFailure: false, null, default);
        Assert.Equal(8, sweep.Merge().Records.Count);
        Assert.Equal(_expected.Value, Tables(folder));
    }

    [Fact]
    public void Shards_trained_apart_and_out_of_order_make_the_same_tables()
    {
        using var folder = new TemporaryFolder();
        TrainSweep.Open(Eight, [], folder.Path, 3);
        foreach (var shard in new[] { 2, 0, 1 }) TrainSweep.Open(Eight, [], folder.Path).TrainShard(shard, 1, null, default);
        var sweep = TrainSweep.Open(Eight, [], folder.Path);
        Assert.Empty(sweep.Incomplete());
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));
    }

    [Fact]
    public void Every_run_belongs_to_one_shard()
    {
        var plan = SweepPlan.For(Eight, [], 3);
        Assert.Equal(Enumerable.Range(0, 8), Enumerable.Range(0, 3).SelectMany(plan.RunsOf).Order());
        Assert.Equal([0, 3, 6], plan.RunsOf(0));
    }

    [Fact]
    public void A_shard_that_was_not_begun_is_named_by_the_merge()
    {
        using var folder = new TemporaryFolder();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, 4);
        sweep.TrainShard(1, 1, null, default);
        Assert.Equal([0, 2, 3], sweep.Incomplete());
        Assert.Contains("shard-00000.safetensors", Assert.Throws<GoldilocksException>(() => sweep.Merge()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_with_one_wrong_bit_is_found_named_and_trained_again()
    {
        using var folder = new TemporaryFolder();
        var notes = new List<string>();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, 4, notes.Add);
        sweep.Train(1, stopAtFailure: false, null, default);
        var path = SweepPlan.ShardPathIn(folder.Path, 2);
        var bytes = File.ReadAllBytes(path);
        bytes[^9] ^= 4;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(path, Assert.Throws<GoldilocksException>(() => sweep.Merge()).Message, StringComparison.Ordinal);
        sweep.Check(retryFailed: false);
        Assert.Equal([2], sweep.Incomplete());
        Assert.Equal($"{path}: its content is not what was written (SHA-256 differs). Its runs are trained again.", Assert.Single(notes));
        sweep.Train(1, stopAtFailure: false, null, default);
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));
    }

    [Fact]
    public void A_shard_that_cannot_be_read_just_now_is_not_thrown_away()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TemporaryFolder();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, 2);
        sweep.Train(2, stopAtFailure: false, null, default);
        var path = SweepPlan.ShardPathIn(folder.Path, 1);
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("cannot be read", Assert.Throws<GoldilocksException>(() => sweep.Check(retryFailed: false)).Message, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(path));
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));
    }

    [Fact]
    public void Runs_that_break_are_listed_with_their_reason_and_stop_no_other()
    {
        using var folder = new TemporaryFolder();
        var broken = new Broken(seed: 2);
        var plan = SweepPlan.For(Eight, [], 3);
        plan.Write(folder.Path);
        var sweep = new TrainSweep(Eight, broken, plan, folder.Path, null);
        sweep.Train(2, stopAtFailure: false, null, default);
        var result = sweep.Merge();
        Assert.Equal(6, result.Records.Count);
        Assert.Equal(Eight.Where(run => run.Long("seed") == 2).Select(run => run.Run).Order(), result.Failures.Select(failure => failure.Config.Run).Order());
        Assert.All(result.Failures, failure => Assert.Equal("InvalidOperationException: seed 2 is broken", failure.Reason));
        var error = result.Error();
        Assert.Equal(1, error.ExitCode);
        Assert.StartsWith("2 of 8 runs failed: ", error.Message, StringComparison.Ordinal);
        var status = SweepStatus.Read(folder.Path)!;
        Assert.Equal((8, 6, 0, 2, 0), (status.Runs, status.Done, status.Running, status.Failed, status.Left));
        Assert.Contains(status.Problems, problem => problem.EndsWith("failed: InvalidOperationException: seed 2 is broken", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.File("runs.parquet")));

        // Mended, only they are trained.
        sweep.Check(retryFailed: false);
        Assert.Empty(sweep.Incomplete());
        sweep.Check(retryFailed: true);
        Assert.NotEmpty(sweep.Incomplete());
        broken.Created.Clear();
        broken.Seed = -1;
        sweep.Train(1, stopAtFailure: false, null, default);
        Assert.Equal(2, broken.Created.Count);
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));

        var debugged = new TrainSweep(Eight, new Broken(seed: 2), plan, folder.File("debug"), null);
        Assert.Throws<InvalidOperationException>(() => debugged.Train(1, stopAtFailure: true, null, default));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_the_sweep_instead_of_failing_its_runs()
    {
        using var folder = new TemporaryFolder();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, 2);
        File.WriteAllText(folder.File(".sweep", "shards"), "");
        Assert.Contains("cannot write", Assert.Throws<GoldilocksException>(() => sweep.Train(2, stopAtFailure: false, null, default)).Message, StringComparison.Ordinal);
        File.Delete(folder.File(".sweep", "shards"));
        sweep.Train(2, stopAtFailure: false, null, default);
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));
    }

    [Fact]
    public void A_sweep_that_is_under_way_cannot_be_cut_otherwise_nor_taken_for_another()
    {
        using var folder = new TemporaryFolder();
        TrainSweep.Open(Eight, [], folder.Path, 2);
        Assert.Equal(2, TrainSweep.Open(Eight, [], folder.Path).Plan.Shards);
        Assert.StartsWith("--shards 3: the sweep in", Assert.Throws<GoldilocksException>(() => TrainSweep.Open(Eight, [], folder.Path, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("holds other runs than are to be trained", Assert.Throws<GoldilocksException>(() => TrainSweep.Open(Eight[1..], [], folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal("--shards must lie in [1, 8], the number of runs, not 9.", Assert.Throws<GoldilocksException>(() => TrainSweep.Open(Eight, [], folder.File("b"), 9)).Message);
        File.WriteAllText(SweepPlan.PathIn(folder.Path), "{");
        Assert.Contains("cannot be used", Assert.Throws<GoldilocksException>(() => TrainSweep.Open(Eight, [], folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_was_killed_twice_at_the_same_place_is_not_tried_again()
    {
        using var folder = new TemporaryFolder();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, 2);
        for (var death = 0; death < 2; death++) _ = ShardAttempt.Begin(folder.Path, sweep.Plan, 1);
        var error = Assert.Throws<GoldilocksException>(() => sweep.TrainShard(1, 1, null, default));
        Assert.StartsWith("shard 1 was killed 2 times at the same place", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.ExitCode);

        // Deaths at another place, and orderly ends, do not count.
        sweep.TrainShard(0, 1, null, default);
        for (var end = 0; end < 3; end++) ShardAttempt.Begin(folder.Path, sweep.Plan, 0).Dispose();
        File.WriteAllText(ShardAttempt.PathIn(folder.Path, 1), "17\n17\n0\n");
        sweep.TrainShard(1, 1, null, default);
        sweep.Merge();
        Assert.Equal(_expected.Value, Tables(folder));
    }

    [Fact]
    public void The_tables_hold_every_run_in_any_number_of_shards()
    {
        using var folder = new TemporaryFolder();
        var sweep = TrainSweep.Open(Eight, [], folder.Path, 5);
        sweep.Train(2, stopAtFailure: false, null, default);
        sweep.Merge();
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("runs", folder.File("runs.parquet"));
        engine.RegisterParquet("embeddings", folder.File("embeddings.parquet"));
        Assert.Equal(Eight.Select(run => run.Run).Order(StringComparer.Ordinal), engine.Query("SELECT run FROM runs").Rows.Select(row => (string)row[0]!));
        Assert.Equal(48, engine.Query("SELECT DISTINCT run, symbol FROM embeddings").RowCount);
    }

    private static SortedDictionary<string, string> Tables(TemporaryFolder folder) =>
        new(folder.Hashes().Where(file => !file.Key.StartsWith(".sweep", StringComparison.Ordinal)).ToDictionary());

    /// <summary>Toy addition that breaks for one seed.</summary>
    private sealed class Broken(long seed) : Recipe
    {
        private readonly Recipe _whole = Find("toy-addition");

        public long Seed { get; set; } = seed;

        public List<string> Created { get; } = [];

        public override string Name => _whole.Name;

        public override string Doc => _whole.Doc;

        public override IReadOnlyList<ParameterSpec> Parameters => _whole.Parameters;

        public override Experiment Create(RunConfig config)
        {
            if (config.Long("seed") == Seed) throw new InvalidOperationException($"seed {Seed} is broken");
            lock (Created) Created.Add(config.Run);
            return _whole.Create(config);
        }

        protected override void Check(RunConfig config)
        {
        }
    }
}
