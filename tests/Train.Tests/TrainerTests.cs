namespace Goldilocks.Train.Tests;

/// <summary>When a run stops, and what a step costs.</summary>
public sealed class TrainerTests
{
    private static readonly string[] Quick = [.. Runs.Replay, "width=48", "decoder_lr=1e-3", "embedding_lr=1e-2", "steps=1000"];

    [Fact]
    public void Stopping_at_the_thresholds_finds_the_thresholds_of_a_full_run()
    {
        var full = Runs.Train(Runs.Configure(Quick));
        var early = Runs.Train(Runs.Configure([.. Quick, "stop=thresholds"]));
        Assert.Equal((full.TrainAccuracyStep, full.ValidationAccuracyStep, full.RqiStep), (early.TrainAccuracyStep, early.ValidationAccuracyStep, early.RqiStep));
        Assert.Equal(1000, full.Steps);
        Assert.NotNull(early.ValidationAccuracyStep);

        // Under the reference timing the state that shows the last crossing of step t is at most one update later.
        var last = new[] { early.TrainAccuracyStep, early.ValidationAccuracyStep, early.RqiStep }.Max()!.Value;
        Assert.InRange(early.Steps, last, last + 1);
        Assert.True(early.Steps < full.Steps);
    }

    [Fact]
    public void A_threshold_that_is_never_reached_is_null()
    {
        var record = Runs.Train(Runs.Configure("steps=30", "stop=thresholds"));
        Assert.Null(record.ValidationAccuracyStep);
        Assert.Equal(30, record.Steps);
        Assert.True(record.Finished);
    }

    [Fact]
    public void Divergence_ends_a_run()
    {
        // Decay multiplies the decoder by 1 - lr·wd = -1e8 a step: it overflows within five.
        var record = Runs.Train(Runs.Configure("decoder_lr=100", "decoder_weight_decay=1e6", "steps=1000"));
        Assert.True(record.Finished);
        Assert.InRange(record.Steps, 1, 10);
        Assert.False(double.IsFinite(record.Last.TrainLoss));
        Assert.Null(record.ValidationAccuracyStep);
    }

    [Fact]
    public void A_diverged_run_is_written_like_any_other()
    {
        using var folder = new TemporaryFolder();
        var config = Runs.Configure("decoder_lr=100", "decoder_weight_decay=1e6", "steps=1000");
        var record = TrainStage.Run([config], folder.Path, 1, null, default)[0];
        using var engine = new Native.QueryEngine(1);
        engine.RegisterParquet("runs", folder.File("runs.parquet"));
        var row = engine.Query("SELECT executed_steps, train_accuracy_step, isfinite(final_train_loss) FROM runs").Rows.Single();
        Assert.Equal([record.Steps, null, false], row);
    }

    [Fact]
    public void No_steps_means_one_measurement_of_the_initial_state()
    {
        var states = new List<long>();
        var record = Runs.Train(Runs.Configure("steps=0"), (state, _) => states.Add(state));
        Assert.Equal([0], states);
        Assert.Equal(0, record.Steps);
        Assert.True(record.Finished);
        Assert.All(record.Curve, point => Assert.Equal(0, point.Step));
    }

    [Theory]
    [InlineData("rng=reference")]
    [InlineData("rng=counter")]
    public void Steps_without_records_allocate_nothing(string generator)
    {
        using var trainer = new Trainer(Runs.Experiment(Runs.Configure("width=40", "steps=100000", "batch=30", generator)));
        trainer.Run(400);
        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Run(900);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(900, trainer.Record.Steps);
    }

    [Fact]
    public void Losses_are_means_over_whole_splits_even_with_mini_batches()
    {
        var config = Runs.Configure("p=6", "train_samples=17", "batch=5", "width=20", "output_dimension=4", "steps=12");
        var experiment = Runs.Experiment(config);
        using var trainer = new Trainer(experiment);
        trainer.Run();
        var (output, targets) = (trainer.InCanonicalOrder("output").AsFloats().ToArray(), experiment.Graph.Initializer("targets")!.AsFloats().ToArray());
        double train = 0, validation = 0;
        for (var sample = 0; sample < 21; sample++)
        {
            double loss = 0;
            for (var o = 0; o < 4; o++) loss += Math.Pow((double)output[(sample * 4) + o] - targets[(experiment.Split.Samples.Labels[sample] * 4) + o], 2) / 4;
            if (experiment.Split.Train.Contains(sample)) train += loss / 17;
            else validation += loss / 4;
        }

        // Each sample's loss is rounded to single precision.
        Assert.Equal(train, trainer.Record.Last.TrainLoss, 1e-6 * train);
        Assert.Equal(validation, trainer.Record.Last.ValidationLoss, 1e-6 * validation);
    }

    [Fact]
    public void Predictions_are_the_nearest_targets()
    {
        var experiment = Runs.Experiment(Runs.Configure("p=6", "train_samples=17", "width=20", "output_dimension=4", "steps=150", "decoder_lr=1e-2"));
        using var trainer = new Trainer(experiment);
        trainer.Run();
        var (output, targets) = (trainer.InCanonicalOrder("output").AsFloats().ToArray(), experiment.Graph.Initializer("targets")!.AsFloats().ToArray());
        var correct = 0;
        foreach (var sample in experiment.Split.Train)
        {
            var nearest = Enumerable.Range(0, 11).MinBy(c => Enumerable.Range(0, 4).Sum(o => Math.Pow(output[(sample * 4) + o] - targets[(c * 4) + o], 2)));
            if (nearest == experiment.Split.Samples.Labels[sample]) correct++;
        }

        Assert.InRange(correct, 2, 17);
        Assert.Equal(correct, trainer.Record.Last.TrainCorrect);
    }
}
