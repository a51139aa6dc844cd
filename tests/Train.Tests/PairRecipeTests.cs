namespace Goldilocks.Train.Tests;

/// <summary>What the recipes of larger models train on, in which order, and when they look at it.</summary>
public sealed class PairRecipeTests
{
    [Theory]
    [InlineData("modular-mlp", 20, 0)] // 423 training samples: 21 batches, 3 samples left
    [InlineData("transformer", 141, 7)] // three batches, none left
    [InlineData("modular-mlp", 422, 7)]
    public void Every_sample_comes_at_most_once_an_epoch_and_none_more_than_a_batch_is_left_out(string recipe, int batch, int seed)
    {
        var experiment = Experiment(recipe, $"batch={batch}", $"seed={seed}");
        var train = experiment.Data.Train;
        Assert.Equal(423, train.Length);
        Assert.Equal(batch, experiment.Batch);
        var perEpoch = train.Length / batch;
        var order = train.ToArray();
        var epochs = new HashSet<string>();
        for (var epoch = 0; epoch < 5; epoch++)
        {
            var seen = new List<int>();
            for (var b = 0; b < perEpoch; b++)
            {
                experiment.Batches.Next((epoch * perEpoch) + b, order);
                seen.AddRange(order[..batch]);
            }

            Assert.Equal(perEpoch * batch, seen.Distinct().Count());
            Assert.Empty(seen.Except(train));
            epochs.Add(string.Join(' ', seen));
        }

        Assert.Equal(5, epochs.Count);
    }

    [Fact]
    public void The_order_of_an_epoch_depends_on_the_seed_and_the_epoch_only()
    {
        var expected = Heads(Experiment("modular-mlp", "batch=20", "seed=4"), Enumerable.Range(0, 60));
        Assert.Equal(expected, Heads(Experiment("modular-mlp", "batch=20", "seed=4", "width=7", "dropout=0.5", "input=sum"), Enumerable.Range(0, 60)));
        Assert.Equal(expected.Reverse(), Heads(Experiment("modular-mlp", "batch=20", "seed=4"), Enumerable.Range(0, 60).Reverse()));
        Assert.Equal(expected[30..], Heads(Experiment("modular-mlp", "batch=20", "seed=4"), Enumerable.Range(30, 30)));
        Assert.NotEqual(expected, Heads(Experiment("modular-mlp", "batch=20", "seed=5"), Enumerable.Range(0, 60)));

        static string[] Heads(Experiment experiment, IEnumerable<int> steps)
        {
            var order = experiment.Data.Train.ToArray();
            return [.. steps.Select(step =>
            {
                experiment.Batches.Next(step, order);
                return string.Join(' ', order[..20]);
            })];
        }
    }

    [Theory]
    [InlineData("batch=0")]
    [InlineData("batch=423")]
    [InlineData("batch=100000")]
    public void A_full_batch_is_the_training_set(string batch)
    {
        var experiment = Experiment("modular-mlp", batch);
        var order = experiment.Data.Train.ToArray();
        for (var step = 0; step < 3; step++) experiment.Batches.Next(step, order);
        Assert.Equal(423, experiment.Batch);
        Assert.Equal(experiment.Data.Train, order);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(52)]
    public void Samples_that_are_always_trained_on_are_in_every_training_set(int always)
    {
        var trained = new HashSet<int>();
        for (var seed = 0; seed < 20; seed++)
        {
            var split = Experiment("transformer", $"always_trained={always}", "train_fraction=0.1", $"seed={seed}").Split;
            Assert.Equal(52, split.Train.Length); // a tenth of 529, rounded down
            Assert.Equal(Enumerable.Range(0, always), split.Train.Where(sample => sample < always).Order());
            Assert.Equal(Enumerable.Range(0, 529), split.Train.Concat(split.Validation).Order());
            trained.UnionWith(split.Train);
        }

        Assert.True(always == 52 ? trained.Count == 52 : trained.Count > 150);
    }

    [Fact]
    public void The_paper_s_transformer_is_always_trained_on_the_first_two_samples() =>
        Assert.Equal(2, Runs.Configure("transformer", []).Integer("always_trained"));

    [Fact]
    public void States_are_evaluated_where_the_grid_says_and_where_something_is_recorded()
    {
        string[] settings = ["steps=300", "evaluate_per_decade=4", "record_per_decade=0", "embeddings_per_decade=0", "checkpoints=none"];
        var states = new List<long>();
        var record = Runs.Train(Config("modular-mlp", settings), (state, _) => states.Add(state));

        // 10^(i/4), rounded, and every state up to 2/3 of 4.
        Assert.Equal([0, 1, 2, 3, 6, 10, 18, 32, 56, 100, 178, 300], states);
        Assert.Equal([0, 300], record.EmbeddingSteps);
        Assert.All(record.Curve, point => Assert.Contains(point.Step, new long[] { 0, 300 }));

        var recording = Experiment("modular-mlp", [.. settings[..2], "record_per_decade=3", "embeddings_per_decade=2", "checkpoints_per_decade=5"]);
        Assert.Equal(states.Concat(recording.RecordedSteps).Concat(recording.EmbeddingSteps).Concat(recording.CheckpointSteps).Distinct().Order(), recording.EvaluatedSteps);
    }

    [Fact]
    public void Evaluations_do_not_move_the_training_and_thresholds_are_known_to_their_grid()
    {
        string[] settings = ["steps=150", "dropout=0.1", "checkpoints=none", "record_per_decade=0", "embeddings_per_decade=0", "accuracy_threshold=0.2"];
        var (fine, coarse) = (Run("evaluate_per_decade=1000"), Run("evaluate_per_decade=5"));
        Assert.Equal(fine.Last, coarse.Last);
        Assert.NotNull(fine.TrainAccuracyStep);
        var grid = StepSchedule.Curves(150, 5);
        Assert.Equal(grid.First(step => step >= fine.TrainAccuracyStep), coarse.TrainAccuracyStep);

        RunRecord Run(string evaluate) => Runs.Train(Config("modular-mlp", [.. settings, evaluate]));
    }

    private static RunConfig Config(string recipe, params string[] settings) =>
        Runs.Configure(recipe, ["p=23", "train_fraction=0.8", "embedding_dimension=8", .. settings]);

    private static Experiment Experiment(string recipe, params string[] settings) => Runs.Experiment(Config(recipe, settings));
}
