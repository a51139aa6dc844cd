using Goldilocks.Theory;

namespace Goldilocks.Train.Tests;

/// <summary>The recipe of groups: its task, its graph against a second implementation in double, and what is measured of its matrices.</summary>
public sealed class ToyGroupTests
{
    [Fact]
    public void S3_is_the_composition_of_permutations()
    {
        var samples = Runs.Experiment(Runs.ConfigureGroup()).Split.Samples;
        int[][] permutations = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        Assert.Equal((36, 6, 6), (samples.Count, samples.Symbols, samples.Classes));
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
            {
                Assert.Equal((i, j), (samples.First[(6 * i) + j], samples.Second[(6 * i) + j]));
                Assert.Equal(permutations[samples.Labels[(6 * i) + j]], permutations[i].Select(k => permutations[j][k]));
            }
        }
    }

    [Theory]
    [InlineData("s3", 36, 24)]
    [InlineData("q8", 64, 24)]
    [InlineData("c2xs3", 144, 24)]
    public void Sizes_follow_the_group(string group, int samples, int train)
    {
        var experiment = Runs.Experiment(Runs.ConfigureGroup($"group={group}", "embedding_dimension=2"));
        Assert.Equal((samples, train, samples - train), (experiment.Split.Samples.Count, experiment.Split.Train.Length, experiment.Split.Validation.Length));
        Assert.Equal([experiment.Split.Samples.Symbols, 4], experiment.Graph.Initializer("embedding.weight")!.Shape);
        Assert.Equal([200, 4], experiment.Graph.Initializer("decoder.0.weight")!.Shape);
        Assert.Equal([experiment.Split.Samples.Classes, 30], experiment.Graph.Initializer("targets")!.Shape);
    }

    [Fact]
    public void The_decoder_sees_the_product_of_the_two_matrices_row_by_row()
    {
        using var trainer = new Trainer(Runs.Experiment(Runs.ConfigureGroup("steps=5")));
        trainer.Run();
        trainer.Model.Forward();
        var (e, found) = (trainer.Model.Read("embedding.weight").AsFloats().ToArray(), trainer.InCanonicalOrder("decoder_input").AsFloats().ToArray());
        for (var sample = 0; sample < 36; sample++)
        {
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                {
                    var expected = Enumerable.Range(0, 3).Sum(k => (double)e[(sample / 6 * 9) + (3 * i) + k] * e[(sample % 6 * 9) + (3 * k) + j]);
                    Assert.Equal(expected, found[(sample * 9) + (3 * i) + j], 1e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData("mse", 2, 5)]
    [InlineData("mse", 3, 24)]
    [InlineData("cross_entropy", 3, 24)]
    public void Gradients_are_central_differences_of_a_second_implementation(string loss, int d, int batch)
    {
        var experiment = Runs.Experiment(Runs.ConfigureGroup("seed=5", $"loss={loss}", $"embedding_dimension={d}", $"batch={batch}", "width=7", "output_dimension=4", "steps=1"));
        using var trainer = new Trainer(experiment);
        trainer.Run();
        var twin = new GroupTwin(experiment, [.. experiment.Groups.SelectMany(group => group.Parameters)]);
        var order = experiment.Split.Train.ToArray();
        experiment.Batches.Next(0, order);
        order = order[..batch];
        foreach (var (name, values) in twin.Parameters)
        {
            // The gradient of the one step taken, at the initial values.
            var gradient = trainer.Model.ReadGradient(name).AsFloats().ToArray();
            var largest = gradient.Max(Math.Abs);
            for (var i = 0; i < values.Length; i++)
            {
                var original = values[i];
                values[i] = original + 1e-5;
                var above = twin.Loss(order);
                values[i] = original - 1e-5;
                var difference = (above - twin.Loss(order)) / 2e-5;
                values[i] = original;
                Assert.True(Math.Abs(difference - gradient[i]) <= 1e-5 * largest, $"d loss/d {name}[{i}]: expected {difference:R}, found {gradient[i]:R}, the largest is {largest:R}");
            }
        }
    }

    [Fact]
    public void Permutation_matrices_have_every_parallelogram()
    {
        var experiment = Runs.Experiment(Runs.ConfigureGroup("steps=0"));
        using var trainer = new Trainer(experiment);
        trainer.Model.Write("embedding.weight", Graph.Tensor.Of(GroupTable.PermutationMatrices(3), 6, 9));
        trainer.Run();
        Assert.Equal(1, trainer.Record.Last.Rqi);
        Assert.Equal(0, trainer.Record.RqiStep);
        Assert.Equal(1, experiment.Quality!.PredictedAccuracy(trainer.Record.Embeddings.ToArray(), experiment.Split));
    }

    [Theory]
    [InlineData("rng=counter", "mse")]
    [InlineData("rng=reference", "mse")]
    [InlineData("rng=reference", "cross_entropy")]
    public void Mini_batches_learn(string rng, string loss)
    {
        double first = 0;
        var record = Runs.Train(Runs.ConfigureGroup(rng, $"loss={loss}", "batch=8", "decoder_lr=1e-3", "steps=400"), (state, measured) => first = state == 0 ? measured.TrainLoss : first);
        Assert.True(record.Last.TrainLoss < first / 4, $"loss from {first:G4} to {record.Last.TrainLoss:G4}");
        Assert.Equal(24, record.Last.TrainCorrect);
    }

    [Fact]
    public void Steps_without_records_allocate_nothing()
    {
        using var trainer = new Trainer(Runs.Experiment(Runs.ConfigureGroup("width=40", "steps=100000", "rng=reference", "batch=8")));
        trainer.Run(400);
        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Run(900);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
