using Goldilocks.Core;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;
using Goldilocks.Native;

namespace Goldilocks.Train.Tests;

/// <summary>What a training stage leaves on disk, and that neither jobs nor interruptions show in it.</summary>
public sealed class StageTests
{
    private static readonly string[] Small = ["p=6", "train_samples=17", "batch=17", "width=20", "output_dimension=5"];

    private static readonly RunConfig[] Three = [.. Enumerable.Range(0, 3).Select(seed => Runs.Configure([.. Small, $"seed={seed}", "steps=600"]))];

    public static TheoryData<string> Interrupted => new()
    {
        "rng=counter train_samples=45 batch=45",
        "rng=reference train_samples=45 batch=45",
        "rng=counter train_samples=54 batch=45",
        "rng=reference train_samples=54 batch=45",
        "rng=counter loss=cross_entropy train_samples=54 batch=45 convention=reference",
    };

    [Fact]
    public void One_and_two_jobs_and_two_executions_leave_the_same_bytes()
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        using var again = new TemporaryFolder();
        TrainStage.Run(Three, one.Path, 1, null, default);
        TrainStage.Run(Three, two.Path, 2, null, default);
        TrainStage.Run(Three, again.Path, 1, null, default);
        var expected = one.Hashes();
        Assert.Contains("runs.parquet", expected.Keys);
        Assert.Contains("curves.parquet", expected.Keys);
        Assert.Contains("embeddings.parquet", expected.Keys);
        Assert.Contains(expected.Keys, name => name.EndsWith("-witness.safetensors", StringComparison.Ordinal));
        Assert.DoesNotContain(expected.Keys, name => name.Contains(".sweep", StringComparison.Ordinal));
        Assert.Equal(expected, two.Hashes());
        Assert.Equal(expected, again.Hashes());
    }

    [Theory]
    [MemberData(nameof(Interrupted))]
    public void A_run_that_is_interrupted_again_and_again_ends_with_the_same_bytes(string settings)
    {
        var config = Runs.Configure([.. settings.Split(' '), "width=20", "seed=3", "steps=700"]);
        using var undisturbed = new TemporaryFolder();
        using var interrupted = new TemporaryFolder();
        var whole = TrainStage.Run([config], undisturbed.Path, 1, null, default)[0];
        var interruptions = 0;
        for (var finished = false; !finished;)
        {
            using var cancellation = new CancellationTokenSource();
            var first = true;
            var meter = new Told(_ =>
            {
                // A resumed run first reports where it starts from; the report after that follows the first slice.
                if (!first || interruptions == 0) cancellation.Cancel();
                first = false;
            });
            try
            {
                Assert.Equal(whole.Steps, TrainStage.Run([config], interrupted.Path, 1, meter, cancellation.Token)[0].Steps);
                finished = true;
            }
            catch (OperationCanceledException)
            {
                interruptions++;
                Assert.False(File.Exists(interrupted.File("runs.parquet")));
                Assert.True(File.Exists(SweepPlan.ShardPathIn(interrupted.Path, 0)));
            }
        }

        // After 256 updates, after 512, and when all 700 were done but no table written yet.
        Assert.Equal(3, interruptions);
        Assert.Equal(undisturbed.Hashes(), interrupted.Hashes());
    }

    [Fact]
    public void A_pause_at_any_step_changes_no_bit()
    {
        var config = Runs.Configure([.. Small, "rng=reference", "train_samples=20", "seed=5", "steps=200"]);
        var experiment = Runs.Experiment(config);
        var plan = SweepPlan.For([config], [], null);
        using var folder = new TemporaryFolder();
        using var whole = new Trainer(experiment);
        whole.Run();
        foreach (var pause in new[] { 0, 1, 37, 199, 200 })
        {
            var first = Runs.Experiment(config);
            using (var trainer = new Trainer(first))
            {
                trainer.Run(pause);
                Assert.Equal(pause, trainer.Record.Steps);
                ShardFile.Write(folder.File("state"), plan, 0, [new(config.Run, RunState.Running(first, trainer, []))]);
            }

            var second = Runs.Experiment(config);
            using var resumed = new Trainer(second);
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
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("header")]
    [InlineData("one bit")]
    [InlineData("another plan")]
    public void A_damaged_state_is_ignored_and_the_run_starts_anew(string damage)
    {
        using var undisturbed = new TemporaryFolder();
        using var damaged = new TemporaryFolder();
        TrainStage.Run([Three[0]], undisturbed.Path, 1, null, default);
        using (var cancellation = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => TrainStage.Run([Three[0]], damaged.Path, 1, new Told(_ => cancellation.Cancel()), cancellation.Token));
        }

        var state = SweepPlan.ShardPathIn(damaged.Path, 0);
        var bytes = File.ReadAllBytes(state);
        switch (damage)
        {
            case "empty": bytes = []; break;
            case "garbage": new Random(1).NextBytes(bytes); break;
            case "truncated": bytes = bytes[..(bytes.Length / 2)]; break;
            case "header": bytes[20] ^= 0xff; break;
            case "one bit": bytes[^5] ^= 1; break;
            default:
                var plan = SweepPlan.Read(damaged.Path)!;
                ShardFile.Write(state, plan with { Identity = SweepPlan.IdentityOf(Three) }, 0, ShardFile.Read(state, plan, 0));
                bytes = File.ReadAllBytes(state);
                break;
        }

        File.WriteAllBytes(state, bytes);
        var notes = new List<string>();
        var sweep = TrainSweep.Open([Three[0]], [], damaged.Path, note: notes.Add);
        sweep.Train(1, stopAtFailure: false, null, default);
        var note = Assert.Single(notes);
        Assert.StartsWith(state, note, StringComparison.Ordinal);
        Assert.EndsWith("Its runs are trained again.", note, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', note);
        TrainStage.Run([Three[0]], damaged.Path, 1, null, default);
        Assert.Equal(undisturbed.Hashes(), damaged.Hashes());
    }

    [Fact]
    public void Finished_runs_of_an_interrupted_stage_are_not_trained_again()
    {
        using var undisturbed = new TemporaryFolder();
        using var interrupted = new TemporaryFolder();
        TrainStage.Run(Three, undisturbed.Path, 1, null, default);
        using (var cancellation = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => TrainStage.Run(Three, interrupted.Path, 1, new Told(told =>
            {
                if (told.RunsDone > 0) cancellation.Cancel();
            }), cancellation.Token));
        }

        var witness = Directory.GetFiles(interrupted.File("checkpoints"), "*-witness.safetensors").Single();
        var written = File.GetLastWriteTimeUtc(witness);
        var reports = new List<TrainProgress>();
        TrainStage.Run(Three, interrupted.Path, 1, new Told(reports.Add), default);
        Assert.Equal(written, File.GetLastWriteTimeUtc(witness));
        Assert.Contains(reports, report => report.RunsDone == 1 && report.StepsDone == 600);
        Assert.Equal(new TrainProgress(1800, 1800, 3, 3), reports[^1]);
        Assert.Equal(undisturbed.Hashes(), interrupted.Hashes());
    }

    [Fact]
    public void Nothing_is_done_once_cancelled()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(() => TrainStage.Run(Three, folder.Path, 2, null, new CancellationToken(canceled: true)));
        Assert.DoesNotContain(folder.Hashes().Keys, name => name.EndsWith(".parquet", StringComparison.Ordinal) || name.Contains("checkpoints", StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("taken"), "");
        var error = Assert.Throws<GoldilocksException>(() => TrainStage.Run([Three[0]], folder.File("taken"), 1, null, default));
        Assert.Contains("cannot write", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Tables_hold_what_was_measured()
    {
        using var folder = new TemporaryFolder();
        var config = Runs.Configure([.. Small, "seed=9", "steps=300", "embedding_dimension=2"]);
        var losses = new Dictionary<long, double>();
        Runs.Train(config, (state, measured) => losses[state] = measured.TrainLoss);
        var record = TrainStage.Run([config], folder.Path, 1, null, default)[0];
        using var engine = new QueryEngine(1);
        foreach (var table in new[] { "runs", "curves", "embeddings", "timings" }) engine.RegisterParquet(table, folder.File($"{table}.parquet"));

        var run = engine.Query("SELECT run, recipe, seed, p, width, rng, loss, executed_steps, final_train_loss, final_validation_accuracy, train_accuracy_step FROM runs").Rows.Single();
        Assert.Equal([config.Run, "toy-addition", 9L, 6L, 20L, "counter", "mse", 300L, record.Last.TrainLoss, record.Last.ValidationCorrect / 4.0, record.TrainAccuracyStep], run);

        var curve = engine.Query("SELECT step, value FROM curves WHERE metric = 'loss' AND split = 'train' ORDER BY step").Rows;
        Assert.Equal(StepSchedule.Curves(300, 150), curve.Select(row => (long)row[0]!));
        Assert.All(curve, row => Assert.Equal(losses[(long)row[0]!], (double)row[1]!));
        var kinds = engine.Query("SELECT DISTINCT split || ' ' || metric AS kind FROM curves ORDER BY kind").Rows.Select(row => (string)row[0]!);
        Assert.Equal(["all rqi", "train accuracy", "train loss", "validation accuracy", "validation loss"], kinds);

        // The last recorded embedding is that of the last checkpoint.
        var last = SafetensorsFile.Read(folder.File("checkpoints", $"{config.ShortRun}-step0000300.safetensors")).Find("embedding.weight")!;
        var stored = engine.Query("SELECT value FROM embeddings WHERE step = 300 ORDER BY symbol, dimension").Rows.Select(row => (float)(double)row[0]!);
        Assert.Equal(last.AsFloats().ToArray(), stored);
        Assert.Equal(1, engine.Query("SELECT run FROM timings WHERE seconds > 0 AND steps_per_second > 0").RowCount);
    }

    [Fact]
    public void Without_validation_samples_their_columns_are_null_and_no_threshold_is_claimed()
    {
        using var folder = new TemporaryFolder();
        TrainStage.Run([Runs.Configure([.. Small, "train_samples=21", "steps=50", "stop=thresholds"])], folder.Path, 1, null, default);
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("runs", folder.File("runs.parquet"));
        engine.RegisterParquet("curves", folder.File("curves.parquet"));
        Assert.Equal([50L, null, null, null],
            engine.Query("SELECT executed_steps, validation_accuracy_step, final_validation_loss, final_validation_accuracy FROM runs").Rows.Single());
        Assert.Equal(0, engine.Query("SELECT step FROM curves WHERE split = 'validation'").RowCount);
    }

    [Fact]
    public void Checkpoints_carry_everything_needed_to_evaluate_them_alone()
    {
        using var folder = new TemporaryFolder();
        var config = Runs.Configure([.. Small, "seed=9", "steps=40", "checkpoints_per_decade=2"]);
        TrainStage.Run([config], folder.Path, 1, null, default);
        var checkpoints = Directory.GetFiles(folder.File("checkpoints")).Select(file => Path.GetFileName(file)[13..]).Order(StringComparer.Ordinal);
        Assert.Equal(["graph.onnx", "step0000000.safetensors", "step0000001.safetensors", "step0000003.safetensors", "step0000010.safetensors", "step0000032.safetensors", "step0000040.safetensors", "witness.safetensors"], checkpoints);

        var content = SafetensorsFile.Read(folder.File("checkpoints", $"{config.ShortRun}-step0000010.safetensors"));
        Assert.Equal(["decoder.0.bias", "decoder.0.weight", "decoder.2.bias", "decoder.2.weight", "decoder.4.bias", "decoder.4.weight", "embedding.weight"],
            content.Tensors.Select(tensor => tensor.Key).Order(StringComparer.Ordinal));
        Assert.Equal([20, 1], content.Find("decoder.0.weight")!.Shape);
        Assert.Equal([6, 1], content.Find("embedding.weight")!.Shape);
        Assert.Equal("10", content.Metadata["step"]);
        Assert.Equal(config.Run, content.Metadata["run"]);
        Assert.Equal(config.Run, content.Metadata["config_hash"]);
        Assert.Equal("6", content.Metadata["p"]);
        Assert.Equal("add", content.Metadata["task"]);
        Assert.Equal("paper", content.Metadata["convention"]);
        Assert.Equal(Runs.Experiment(config).Split.Train, content.Metadata["train_samples"].Split(' ').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(config.Run, Recipe.Parse(content.Metadata["config"]).Run);

        var witness = SafetensorsFile.Read(folder.File("checkpoints", $"{config.ShortRun}-witness.safetensors"));
        Assert.Equal([21, 5], witness.Find("step0000010/output")!.Shape);
        Assert.Equal([21, 11], witness.Find("step0000040/logits")!.Shape);
        Assert.Equal(12, witness.Tensors.Count);
        var graph = OnnxFile.Read(folder.File("checkpoints", $"{config.ShortRun}.graph.onnx"));
        Assert.Equal(["output", "logits"], graph.Outputs.Select(output => output.Name));
        Assert.Equal(["a", "b"], graph.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Witnesses_are_the_outputs_of_their_checkpoint_in_canonical_order()
    {
        using var folder = new TemporaryFolder();
        var config = Runs.Configure([.. Small, "seed=9", "steps=20", "checkpoints_per_decade=1", "rng=reference"]);
        TrainStage.Run([config], folder.Path, 1, null, default);
        var parameters = SafetensorsFile.Read(folder.File("checkpoints", $"{config.ShortRun}-step0000020.safetensors"));
        var witness = SafetensorsFile.Read(folder.File("checkpoints", $"{config.ShortRun}-witness.safetensors")).Find("step0000020/output")!.AsFloats().ToArray();
        float[] Read(string name) => parameters.Find(name)!.AsFloats().ToArray();
        var sample = 0;
        for (var a = 0; a < 6; a++)
        {
            for (var b = a; b < 6; b++, sample++)
            {
                double[] x = [(double)Read("embedding.weight")[a] + Read("embedding.weight")[b]];
                x = Layer(Layer(x, Read("decoder.0.weight"), Read("decoder.0.bias"), Math.Tanh), Read("decoder.2.weight"), Read("decoder.2.bias"), Math.Tanh);
                x = Layer(x, Read("decoder.4.weight"), Read("decoder.4.bias"), value => value);

                // Outputs of size about 1 through three layers of at most 20 products in single precision.
                for (var o = 0; o < 5; o++) Assert.Equal(x[o], witness[(sample * 5) + o], 2e-6);
            }
        }

        static double[] Layer(double[] x, float[] weight, float[] bias, Func<double, double> function) =>
            [.. bias.Select((value, row) => function(value + x.Select((entry, column) => entry * weight[(row * x.Length) + column]).Sum()))];
    }

    [Fact]
    public void No_checkpoints_means_none_at_all()
    {
        using var folder = new TemporaryFolder();
        TrainStage.Run([Runs.Configure([.. Small, "steps=5", "checkpoints=none"])], folder.Path, 1, null, default);
        Assert.Equal(["curves.parquet", "embeddings.parquet", "runs.parquet"], folder.Hashes().Keys);
    }

    private sealed class Told(Action<TrainProgress> tell) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => tell(value);
    }
}
