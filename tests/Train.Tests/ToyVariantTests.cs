using Goldilocks.Theory;

namespace Goldilocks.Train.Tests;

/// <summary>The toy recipe's other tasks, inputs and targets: those of the paper's Figure 2.</summary>
public sealed class ToyVariantTests
{
    private static readonly string[] Small = ["p=5", "train_samples=12", "batch=12", "width=16", "seed=4"];

    [Theory]
    [InlineData("add", "unordered", 15, 9)]
    [InlineData("add", "ordered", 25, 9)]
    [InlineData("modular_add", "unordered", 15, 5)]
    [InlineData("modular_add", "ordered", 25, 5)]
    public void Operation_and_pairs_make_the_samples(string operation, string pairs, int count, int classes)
    {
        var experiment = Runs.Experiment(Runs.Configure([.. Small, $"operation={operation}", $"pairs={pairs}"]));
        var samples = experiment.Split.Samples;
        Assert.Equal((operation, count, classes), (samples.Operation, samples.Count, samples.Classes));
        Assert.Equal((12, count - 12), (experiment.Split.Train.Length, experiment.Split.Validation.Length));
        var seen = new HashSet<(int, int)>();
        for (var s = 0; s < count; s++)
        {
            var (a, b) = (samples.First[s], samples.Second[s]);
            Assert.True(seen.Add((a, b)) && (pairs == "ordered" || a <= b));
            Assert.Equal(operation == "add" ? a + b : (a + b) % 5, samples.Labels[s]);
        }

        Assert.Equal([classes, 30], experiment.Graph.Initializer("targets")!.Shape);
        Assert.Equal([-1, classes], experiment.Model.Outputs.Single(output => output.Name == "logits").Shape.Select(dimension => dimension.Size));
    }

    [Fact]
    public void All_ordered_pairs_may_be_trained_on()
    {
        var split = Runs.Experiment(Runs.Configure("p=11", "pairs=ordered", "train_samples=121", "batch=200")).Split;
        Assert.Equal(Enumerable.Range(0, 121), split.Train.Order());
    }

    [Fact]
    public void One_hot_targets_are_the_identity_with_an_output_per_class()
    {
        var graph = Runs.Experiment(Runs.Configure([.. Small, "targets=one_hot", "output_dimension=3"])).Graph;
        Assert.Equal([9, 16], graph.Initializer("decoder.4.weight")!.Shape);
        Assert.Equal([9, 9], graph.Initializer("targets")!.Shape);
        Assert.Equal(Enumerable.Range(0, 81).Select(i => i % 10 == 0 ? 1f : 0f), graph.Initializer("targets")!.AsFloats().ToArray());
    }

    [Fact]
    public void The_nearest_one_hot_target_is_the_largest_output()
    {
        using var trainer = new Trainer(Runs.Experiment(Runs.Configure([.. Small, "targets=one_hot", "steps=3"])));
        trainer.Run();
        var (output, logits) = (trainer.InCanonicalOrder("output").AsFloats().ToArray(), trainer.InCanonicalOrder("logits").AsFloats().ToArray());
        for (var i = 0; i < output.Length; i++) Assert.Equal(output[i] - 0.5, logits[i], 1e-6);
    }

    [Fact]
    public void Reference_streams_draw_unused_targets_before_a_one_hot_run()
    {
        string[] reference = ["p=11", "operation=modular_add", "pairs=ordered", "train_samples=97", "rng=reference", "seed=7"];
        var experiment = Runs.Experiment(Runs.Configure([.. reference, "targets=one_hot"]));
        Assert.Equal(Split.ToyReference(SampleSet.ModularAddition(11, ordered: true), 97, seed: 7, outputs: 11).Train, experiment.Split.Train);

        // PyTorch's stream begins with the embedding whatever the targets.
        Assert.Equal(Runs.Experiment(Runs.Configure(reference)).Graph.Initializer("embedding.weight")!.AsFloats(), experiment.Graph.Initializer("embedding.weight")!.AsFloats());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_mean_of_embeddings_twice_as_large_is_their_sum(int dimension)
    {
        string[] common = [.. Small, "steps=0", $"embedding_dimension={dimension}"];
        Assert.Equal(Outputs("input=sum", "embedding_scale=1"), Outputs("input=mean", "embedding_scale=2"));
        Assert.NotEqual(Outputs("input=sum", "embedding_scale=1"), Outputs("input=mean", "embedding_scale=1"));

        float[] Outputs(params string[] settings)
        {
            using var trainer = new Trainer(Runs.Experiment(Runs.Configure([.. common, .. settings])));
            trainer.Run();
            return trainer.InCanonicalOrder("output").AsFloats().ToArray();
        }
    }

    [Theory]
    [InlineData("sum", "Add")]
    [InlineData("mean", "Mul")]
    public void The_decoder_s_input_has_its_name(string input, string operation)
    {
        var nodes = Runs.Experiment(Runs.Configure($"input={input}")).Model.Nodes;
        Assert.Equal(operation, nodes.Single(node => node.Outputs.Contains("decoder_input")).OpType);
        Assert.Equal("hidden_1_linear", nodes.Single(node => node.Inputs.Contains("decoder_input")).Outputs[0]);
    }

    [Fact]
    public void The_model_of_Figure_2_learns()
    {
        var losses = new Dictionary<long, double>();
        var record = Runs.Train(
            Runs.Configure("p=11", "operation=modular_add", "train_samples=53", "batch=53", "embedding_dimension=2", "input=mean", "targets=one_hot", "width=64", "decoder_lr=3e-3", "embedding_lr=1e-2", "steps=1500"),
            (state, measured) => losses[state] = measured.TrainLoss);

        // Eleven outputs that are all 1/11 have a loss of 10/121; nobody gets more than a few of 53 samples right by chance.
        Assert.True(record.Last.TrainLoss < 10.0 / 121 / 4, $"loss from {losses[0]:G4} to {record.Last.TrainLoss:G4}. HINT: the gradient through decoder_input.");
        Assert.InRange(record.Last.TrainCorrect, 48, 53);
    }
}
