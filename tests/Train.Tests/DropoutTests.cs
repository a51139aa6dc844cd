using Goldilocks.Graph;
using Goldilocks.Graph.Compile;

namespace Goldilocks.Train.Tests;

/// <summary>Dropout is unbiased in training, and absent from evaluation and from exported models.</summary>
public sealed class DropoutTests
{
    private const int Masks = 4000;

    private static readonly string[] Mlp = ["p=7", "embedding_dimension=8", "width=24", "steps=3", "checkpoints=none", "seed=5"];

    private static readonly string[] Encoder = ["p=7", "embedding_dimension=8", "heads=2", "feed_forward=12", "steps=3", "checkpoints=none", "seed=5"];

    /// <summary>
    /// Only linear operations follow the mask, so the mean of the logits over all masks is exactly the logits without dropout. The distance of a mean of N
    /// draws from it, in units of deviation/√N, is normal: 49 · 7 of them exceed 5 with probability 2e-4, and their mean square is 1 ± 0.08, as the 7
    /// logits of a sample share their mask (deviation √(2/49) at worst: 0.2).
    /// </summary>
    [Theory]
    [InlineData("0.1")]
    [InlineData("0.5")]
    [InlineData("0.8")]
    public void The_mean_over_many_masks_is_the_value_without_dropout(string dropout)
    {
        var experiment = Runs.Experiment(Runs.Configure("modular-mlp", [.. Mlp, $"dropout={dropout}"]));
        using var dropped = Compile(experiment.Graph, experiment);
        using var whole = Compile(experiment.Graph.WithoutDropout(), experiment);
        whole.Forward();
        var expected = whole.Read("logits").AsFloats().ToArray();
        var (sums, squares) = (new double[expected.Length], new double[expected.Length]);
        for (var step = 0; step < Masks; step++)
        {
            dropped.Position.Step = step;
            dropped.Forward();
            var logits = dropped.Read("logits").AsFloats();
            for (var i = 0; i < logits.Length; i++)
            {
                var difference = (double)logits[i] - expected[i];
                sums[i] += difference;
                squares[i] += difference * difference;
            }
        }

        var distances = sums.Zip(squares, (sum, square) => sum / Masks / Math.Sqrt(((square / Masks) - Math.Pow(sum / Masks, 2)) / Masks)).ToArray();
        Assert.InRange(distances.Max(Math.Abs), 0, 5);
        Assert.InRange(distances.Average(distance => distance * distance), 0.4, 1.6);
    }

    [Theory]
    [InlineData("modular-mlp")]
    [InlineData("transformer")]
    public void Evaluation_has_no_dropout_and_training_has(string recipe)
    {
        var settings = recipe == "transformer" ? Encoder : Mlp;
        var experiment = Runs.Experiment(Runs.Configure(recipe, [.. settings, "dropout=0.5"]));
        var undropped = Runs.Experiment(Runs.Configure(recipe, [.. settings, "dropout=0"]));
        using var trainer = new Trainer(experiment);
        using var other = new Trainer(undropped);
        Assert.Equal(other.InCanonicalOrder("logits").AsFloats(), trainer.InCanonicalOrder("logits").AsFloats());
        Measurement before = default;
        trainer.Run(1, _ => before = trainer.Record.Last);
        other.Run(1);
        Assert.Equal(other.Record.Last, before);
        Assert.NotEqual(Gradient(other), Gradient(trainer));

        static float[] Gradient(Trainer trainer) => trainer.Model.ReadMoments("embedding.weight").First.AsFloats().ToArray();
    }

    [Fact]
    public void Encoder_layers_drop_where_PyTorchs_do_and_exported_models_nowhere()
    {
        var experiment = Runs.Experiment(Runs.Configure("transformer", [.. Encoder, "dropout=0.1"]));
        var dropped = experiment.Graph.Nodes.Where(node => node.OpType == "Dropout").Select(node => node.Inputs[0]).ToArray();
        Assert.Equal(8, dropped.Length);
        Assert.Equal(["layer_1_attention_pattern", "layer_1_attention_output", "layer_1_hidden", "layer_1_mlp_output"], dropped[..4]);
        var exported = experiment.Model;
        Assert.DoesNotContain(exported.Nodes, node => node.OpType == "Dropout");
        Assert.DoesNotContain(exported.Initializers, initializer => initializer.Key is "dropout_ratio" or "training");
        Assert.Equal(experiment.Groups.SelectMany(group => group.Parameters).Order(), exported.Initializers.Where(initializer => Tensor.IsParameter(initializer.Key, initializer.Value)).Select(initializer => initializer.Key).Order());
    }

    /// <summary>A plan for all samples, already in its inputs.</summary>
    private static CompiledModel Compile(ModelGraph graph, Experiment experiment)
    {
        var plan = CompiledModel.Compile(graph, new CompileOptions { ForwardRows = experiment.Data.Count, Outputs = ["logits", "sample_loss"], DropoutSeed = experiment.DropoutSeed });
        experiment.Data.Feed(plan, [.. Enumerable.Range(0, experiment.Data.Count)]);
        return plan;
    }
}
