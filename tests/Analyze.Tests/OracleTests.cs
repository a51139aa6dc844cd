using Goldilocks.Theory;

namespace Goldilocks.Analyze.Tests;

/// <summary>Networks whose measures are known without a computer: Gromov's solution by formula, a circle, a line.</summary>
public sealed class OracleTests
{
    private const int P = 23, Units = 1100;

    private readonly AnalysisRow _solution = Measure(Scale);

    /// <summary>Makes the logits of the closed form as decided as those of a trained network.</summary>
    private const float Scale = 30;

    [Fact]
    public void The_closed_form_network_is_right_everywhere()
    {
        Assert.Equal(1, _solution["accuracy"]);
        Assert.Equal(1, _solution["train_accuracy"]);
        Assert.Equal(1, _solution["validation_accuracy"]);
        Assert.InRange(_solution["validation_loss"]!.Value, 0, 0.02);
    }

    [Fact]
    public void Each_of_its_units_has_one_frequency()
    {
        Assert.Equal((P - 1) / 2, _solution["key_frequencies"]);
        Assert.Equal(1, _solution["key_units"]);
        Assert.Equal(1, _solution["unit_frequency_share"]!.Value, 1e-5);
        Assert.Equal(0.5, _solution["participation_ratio"]!.Value, 1e-5);
    }

    [Fact]
    public void The_Gini_coefficients_are_those_of_its_frequencies()
    {
        // One-hot vectors have all frequencies. Of the weights to the logits, with 100 units per frequency, 22 rows of the basis share the norm, random
        // phases aside, and the constant row has none.
        Assert.Equal(0, _solution["embedding_gini"]!.Value, 1e-6);
        Assert.InRange(_solution["logit_map_gini"]!.Value, 1.0 / P, (1.0 / P) + 0.06);
    }

    [Fact]
    public void Its_frequencies_alone_know_all_and_without_them_nothing_is_known()
    {
        Assert.True(_solution["restricted_loss"] <= _solution["validation_loss"] + 1e-3, $"{_solution["restricted_loss"]} {_solution["validation_loss"]}");
        Assert.True(_solution["excluded_loss"] > Math.Log(P), $"{_solution["excluded_loss"]}");
        Assert.InRange(_solution["trigonometric_share"]!.Value, 0.8, 1);
    }

    [Fact]
    public void A_subnetwork_suffices_and_a_probe_finds_no_more_than_is_said()
    {
        Assert.InRange(_solution["active_units"]!.Value, P, Units - 1);
        Assert.Equal(0, _solution["correlation_traps"]);
        Assert.Equal(_solution["probe_accuracy"]!.Value - 1, _solution["shadow_knowledge"]!.Value, 1e-12);
    }

    [Fact]
    public void Two_checkpoints_of_it_differ_by_their_scale_alone()
    {
        var rows = ModularNetwork.Measure(Solution(1), Solution(4));
        Assert.Equal((1, null), ((double)rows[0]["weight_norm_ratio"]!, rows[0]["feature_change"]));
        Assert.Equal(0, rows[0]["largest_weight_change"]);

        // The output weights are four times as large, the others are the same; hidden units too.
        var solution = Solution(1);
        double others = solution.First.Concat(solution.Embedding).Sum(x => (double)x * x), output = solution.Output.Sum(x => (double)x * x);
        Assert.Equal(Math.Sqrt((others + (16 * output)) / (others + output)), rows[1]["weight_norm_ratio"]!.Value, 1e-6);
        Assert.Equal(3 * (double)solution.Output.Max(Math.Abs), rows[1]["largest_weight_change"]!.Value, 1e-6);
        Assert.Equal(4 * Math.Sqrt(output), rows[1]["last_layer_norm"]!.Value, 1e-4);
        Assert.Equal(0, rows[1]["feature_change"]);
    }

    [Fact]
    public void A_circle_has_one_frequency_two_dimensions_and_the_largest_Gini_coefficient()
    {
        var circle = ModularNetwork.Random(P, 2, 8, seed: 1) with { Embedding = [.. Enumerable.Range(0, P).SelectMany(x => new[] { MathF.Cos(2 * MathF.PI * 5 * x / P), MathF.Sin(2 * MathF.PI * 5 * x / P) })] };
        var row = Assert.Single(ModularNetwork.Measure(circle));
        Assert.Equal((1, 5), (row["circularity"]!.Value, row["dominant_frequency"]!.Value), (x, y) => Math.Abs(x.Item1 - y.Item1) < 1e-6 && x.Item2 == y.Item2);
        Assert.Equal(2, row["effective_dimension"]!.Value, 1e-5);
        Assert.Equal(1 - (2.0 / P), row["embedding_gini"]!.Value, 1e-5);
    }

    [Fact]
    public void A_dead_unit_and_a_constant_model_are_no_errors()
    {
        var network = ModularNetwork.Random(P, 2, 8, seed: 1);
        var row = Assert.Single(ModularNetwork.Measure(network with { First = new float[network.First.Length], Bias = new float[8], Output = new float[network.Output.Length] }));
        Assert.Equal((0, 0, 0), (row["key_frequencies"]!.Value, row["unit_frequency_share"]!.Value, row["trigonometric_share"]!.Value));
        Assert.Equal(Math.Log(P), row["validation_loss"]!.Value, 1e-6);
        Assert.Equal((0, 0), (row["active_share"]!.Value, row["active_units"]!.Value));
        Assert.Null(row["restricted_loss"]);
        Assert.Contains("no hidden unit has a single frequency at the run's end (not measured: progress)", row.Note, StringComparison.Ordinal);
    }

    private static AnalysisRow Measure(float scale) => Assert.Single(ModularNetwork.Measure(Solution(scale)));

    /// <summary>With the identity for an embedding, so that the first layer sees one-hot vectors.</summary>
    private static ModularNetwork Solution(float scale)
    {
        var (first, second) = ClosedFormNetwork.Weights(P, Units, seed: 4);
        var identity = new float[P * P];
        for (var x = 0; x < P; x++) identity[(x * P) + x] = 1;
        return new ModularNetwork(P, P, Units, identity, first, new float[Units], [.. second.Select(value => value * scale / Units)], "square", [.. Enumerable.Range(0, P * P).Where(sample => sample % 3 != 0)]);
    }
}
