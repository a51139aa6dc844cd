using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Train.Tests;

/// <summary>Models whose steps are cut into chunks for several threads: neither threads, vector width nor interruptions show in their results.</summary>
public sealed class ChunkedTests
{
    private const int MeteredSteps = 100;

    /// <summary>Bytes.</summary>
    private const int SmallestObject = 24;

    /// <summary>231 samples a step, in two chunks of different sizes; 289 in an evaluation.</summary>
    private const string Encoder = "p=17 embedding_dimension=8 heads=2 feed_forward=12 dropout=0.1 seed=3";

    /// <summary>1767 samples a step in four chunks.</summary>
    private const string Mlp = "p=47 train_fraction=0.8 embedding_dimension=12 width=20 seed=3";

    /// <summary>4536 samples a step in nine chunks, more than gradients have lanes.</summary>
    private const string LargeMlp = "p=71 train_fraction=0.9 embedding_dimension=5 width=9 dropout=0.2 seed=3";

    /// <summary>Two chunks a step, two steps an epoch and 23 samples left out.</summary>
    private const string MiniBatches = "p=23 train_fraction=0.8 batch=200 embedding_dimension=12 width=20 dropout=0.2 seed=3";

    public static TheoryData<string, string> Models => new()
    {
        { "transformer", Encoder },
        { "transformer", Encoder + " causal=yes positions=learned tokens=equals readout=last norm=none activation=gelu" },
        { "modular-mlp", Mlp },
        { "modular-mlp", LargeMlp },
        { "modular-mlp", MiniBatches },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Twenty_steps_give_the_same_bits_for_any_threads_and_any_width(string recipe, string settings)
    {
        var config = Runs.Configure(recipe, [.. settings.Split(' '), "steps=20", "evaluate_per_decade=5"]);
        var expected = Runs.Outcome(config, InstructionSet.Scalar);
        foreach (var set in Enum.GetValues<InstructionSet>().Where(set => set <= InstructionSets.Best))
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                var found = Runs.Outcome(config, set, threads);
                Assert.True(expected == found, $"{set} with {threads} threads: expected {expected}, found {found}. HINT: the kernel tests name the first kernel that differs between widths.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_pause_at_any_step_changes_no_bit(string recipe, string settings)
    {
        var config = Runs.Configure(recipe, [.. settings.Split(' '), "steps=23", "evaluate_per_decade=3", "record_per_decade=3"]);
        var experiment = Runs.Experiment(config);
        var plan = SweepPlan.For([config], [], null);
        using var folder = new TemporaryFolder();
        using var whole = new Trainer(experiment);
        whole.Run();
        foreach (var pause in new[] { 0, 1, 8, 11, 22, 23 })
        {
            var first = Runs.Experiment(config);
            using (var trainer = new Trainer(first, threads: 2))
            {
                trainer.Run(pause);
                ShardFile.Write(folder.File("state"), plan, 0, [new(config.Run, RunState.Running(first, trainer, []))]);
            }

            var second = Runs.Experiment(config);
            using var resumed = new Trainer(second, threads: 3);
            ShardFile.Read(folder.File("state"), plan, 0)[config.Run].Restore(resumed, second);
            resumed.Run();
            Assert.Equal(whole.Record.Curve, resumed.Record.Curve);
            Assert.Equal(whole.Record.Embeddings, resumed.Record.Embeddings);
            Assert.Equal(whole.Record.Last, resumed.Record.Last);
            foreach (var name in experiment.Groups.SelectMany(group => group.Parameters))
                Assert.True(whole.Model.Read(name).Data.Span.SequenceEqual(resumed.Model.Read(name).Data.Span), $"{name} differs after a pause at {pause}");
        }
    }

    [Theory]
    [InlineData("transformer", Encoder)]
    [InlineData("modular-mlp", MiniBatches)]
    public void An_interrupted_stage_leaves_the_bytes_of_an_undisturbed_one(string recipe, string settings)
    {
        var config = Runs.Configure(recipe, [.. settings.Split(' '), "steps=300", "evaluate_per_decade=10", "checkpoints_per_decade=2"]);
        using var undisturbed = new TemporaryFolder();
        using var interrupted = new TemporaryFolder();
        TrainStage.Run([config], undisturbed.Path, 1, null, default);
        using (var cancellation = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => TrainStage.Run([config], interrupted.Path, 3, new Told(cancellation.Cancel), cancellation.Token));
        }

        Assert.True(File.Exists(SweepPlan.ShardPathIn(interrupted.Path, 0)));
        Assert.False(File.Exists(interrupted.File("runs.parquet")));
        TrainStage.Run([config], interrupted.Path, 2, null, default);
        Assert.Equal(undisturbed.Hashes(), interrupted.Hashes());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Steps_without_evaluation_allocate_nothing(string recipe, string settings)
    {
        var config = Runs.Configure(recipe, [.. settings.Split(' '), "steps=100000", "evaluate_per_decade=1", "record_per_decade=0", "embeddings_per_decade=0", "checkpoints=none"]);
        using var trainer = new Trainer(Runs.Experiment(config), threads: 1);
        trainer.Run(12);
        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Run(40);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(40, trainer.Record.Steps);
    }

    /// <summary>A barrier allocates when a thread has to wait for the first time, whenever that is; what every step allocated would be more.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Nor_does_any_step_on_the_other_threads(string recipe, string settings)
    {
        var experiment = Runs.Experiment(Runs.Configure(recipe, settings.Split(' ')));
        using var model = new ChunkedModel(experiment.Graph, new ChunkedOptions
        {
            Batch = experiment.Batch,
            Loss = "loss",
            EvaluationRows = experiment.Data.Count,
            Outputs = ["logits"],
            Groups = experiment.Groups,
            DropoutSeed = experiment.DropoutSeed,
            Threads = 2,
        });
        using var meter = new AllocationMeter();
        var train = experiment.Data.Train;
        RowFeeder feed = (plan, first, rows) =>
        {
            meter.Read();
            experiment.Data.Feed(plan, train.AsSpan(first, rows));
        };
        for (var step = 0; step < 20; step++) model.Step(step, feed);
        meter.Reset();
        for (var step = 20; step < 20 + MeteredSteps; step++) model.Step(step, feed);
        Assert.Equal(2, model.Threads);
        Assert.InRange(meter.Bytes, 0, (MeteredSteps * SmallestObject) - 1);
    }

    /// <summary>Bytes that each thread allocates between its calls.</summary>
    private sealed class AllocationMeter : IDisposable
    {
        private readonly ThreadLocal<long> _seen = new();
        private long _bytes;

        public long Bytes => Interlocked.Read(ref _bytes);

        public void Read()
        {
            var now = GC.GetAllocatedBytesForCurrentThread();
            if (_seen.Value > 0) Interlocked.Add(ref _bytes, now - _seen.Value);
            _seen.Value = now;
        }

        public void Reset() => Interlocked.Exchange(ref _bytes, 0);

        public void Dispose() => _seen.Dispose();
    }

    private sealed class Told(Action tell) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => tell();
    }
}
