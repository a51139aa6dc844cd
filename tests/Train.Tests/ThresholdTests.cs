using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Train.Tests;

/// <summary>Thresholds are parameters: they move steps and phases and nothing else, and a run may end once they have decided.</summary>
public sealed class ThresholdTests
{
    private static readonly string[] Quick = [.. Runs.Replay, "width=48", "decoder_lr=1e-3", "embedding_lr=1e-2", "steps=1000"];

    private static readonly string[] Group = [.. Runs.GroupReplay, "steps=1000"];

    public static TheoryData<string, string> Both => new() { { "toy-addition", string.Join(' ', Quick) }, { "toy-group", string.Join(' ', Group) } };

    [Theory]
    [MemberData(nameof(Both))]
    public void Stopping_once_the_phase_is_decided_gives_the_phase_and_the_steps_of_a_full_run(string recipe, string settings)
    {
        var full = Config(recipe, settings);
        var early = Config(recipe, settings, "stop=accuracy");
        var (whole, part) = (Runs.Train(full), Runs.Train(early));
        Assert.NotNull(whole.TrainAccuracyStep);
        Assert.NotNull(whole.ValidationAccuracyStep);
        Assert.Equal((whole.TrainAccuracyStep, whole.ValidationAccuracyStep), (part.TrainAccuracyStep, part.ValidationAccuracyStep));
        Assert.Equal(Phase(full, whole), Phase(early, part));

        // Under the reference timing the state that shows the last crossing of step t is at most one update later.
        var last = Math.Max(part.TrainAccuracyStep!.Value, part.ValidationAccuracyStep!.Value);
        Assert.InRange(part.Steps, last, last + 1);
        Assert.Equal(1000, whole.Steps);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Steps_are_the_first_crossings_of_the_run_s_own_thresholds(string recipe, string settings)
    {
        var measured = new List<Measurement>();
        var config = Config(recipe, settings, "accuracy_threshold=0.55", "rqi_threshold=0.1");
        var experiment = Runs.Experiment(config);
        var record = Runs.Train(config, (_, m) => measured.Add(m));
        var (train, validation) = ((double)experiment.Split.Train.Length, (double)experiment.Split.Validation.Length);
        Assert.Equal(First(m => m.TrainCorrect / train >= 0.55, experiment.Timing.TrainAccuracy), record.TrainAccuracyStep);
        Assert.Equal(First(m => m.ValidationCorrect / validation >= 0.55, experiment.Timing.ValidationAccuracy), record.ValidationAccuracyStep);
        Assert.Equal(First(m => m.Rqi > 0.1, experiment.Timing.Rqi), record.RqiStep);
        Assert.NotEqual(Runs.Train(Config(recipe, settings)).TrainAccuracyStep, record.TrainAccuracyStep);

        long? First(Predicate<Measurement> reached, int updates) => measured.FindIndex(updates, reached) is >= 0 and var state ? state - updates : null;
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_gap_decides_between_comprehension_and_grokking(string recipe, string settings)
    {
        var record = Runs.Train(Config(recipe, settings));
        var delay = record.ValidationAccuracyStep!.Value - record.TrainAccuracyStep!.Value;
        Assert.True(delay > 0);
        Assert.Equal(Theory.Phase.Comprehension, Phase(Config(recipe, settings, $"grokking_gap={delay + 1}"), record));
        Assert.Equal(Theory.Phase.Grokking, Phase(Config(recipe, settings, $"grokking_gap={delay}"), record));
    }

    [Fact]
    public void A_threshold_reached_within_the_run_counts_however_long_the_run() =>
        Assert.Equal(Theory.Phase.Grokking, Runs.Experiment(Runs.Configure("steps=300000")).Rule.Classify(1000, 250_000));

    [Fact]
    public void All_samples_may_be_asked_for_where_the_threshold_must_only_be_reached()
    {
        var record = Runs.Train(Runs.ConfigureGroup([.. Group, "accuracy_threshold=1", "stop=accuracy"]));
        Assert.Equal((24, 12), (record.Last.TrainCorrect, record.Last.ValidationCorrect));
    }

    [Fact]
    public void The_table_tells_the_delay_and_what_products_of_matrices_predict()
    {
        var config = Runs.ConfigureGroup([.. Group, "checkpoints=none"]);
        var experiment = Runs.Experiment(config);
        var (record, row) = Row(config, "phase, delay_steps, relative_delay, samples, permissible_parallelograms, final_predicted_accuracy, nullity, ideal_accuracy, ideal_rqi, lambda3_paper, expected_steps_paper, grokking_gap");
        var (train, validation) = (record.TrainAccuracyStep!.Value, record.ValidationAccuracyStep!.Value);
        Assert.Equal(["comprehension", validation - train, (validation + 1.0) / (train + 1.0), 36L], row[..4]);
        var labels = experiment.Split.Train.Select(sample => experiment.Split.Samples.Labels[sample]).ToArray();
        Assert.Equal((long)labels.SelectMany((label, i) => labels.Skip(i + 1).Where(other => other == label)).Count(), row[4]);
        var quality = new ProductQuality(new ProductParallelogramSet(experiment.Split.Samples), Convention.Reference);
        Assert.Equal(quality.PredictedAccuracy(Runs.Train(config).Embeddings.ToArray().AsSpan(^54..), experiment.Split), row[5]);
        Assert.Equal([null, null, null, null, null, 1000L], row[6..]);
    }

    [Fact]
    public void There_is_no_delay_without_both_thresholds() =>
        Assert.Equal([null, null], Row(Runs.ConfigureGroup("steps=3", "checkpoints=none"), "delay_steps, relative_delay").Row);

    private static RunConfig Config(string recipe, string settings, params string[] more) => Runs.Configure(recipe, [.. settings.Split(' '), .. more]);

    private static Phase Phase(RunConfig config, RunRecord record) => Runs.Experiment(config).Rule.Classify(record.TrainAccuracyStep, record.ValidationAccuracyStep);

    private static (RunRecord Record, object?[] Row) Row(RunConfig config, string columns)
    {
        using var folder = new TemporaryFolder();
        var record = TrainStage.Run([config], folder.Path, 1, null, default)[0];
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("runs", folder.File("runs.parquet"));
        return (record, [.. engine.Query($"SELECT {columns} FROM runs").Rows.Single()]);
    }
}
