using Goldilocks.Native;

namespace Goldilocks.Train.Tests;

/// <summary>What <c>runs.parquet</c> says about data sets and ends of runs, against figures from elsewhere.</summary>
public sealed class RunsTableTests
{
    private const string Theory = "samples, nullity, permissible_parallelograms, ideal_accuracy, ideal_rqi, lambda3_paper, lambda3_reference, expected_steps_paper, expected_steps_reference";

    /// <summary>Stored runs of Figures 3 and 4 (b), 5000 steps: the accuracies that the authors' code found, and what follows from their splits.</summary>
    [Theory]
    [InlineData(25, 1, 0.5273, 0.5455, 0.7273, 3, 13, 0.000)]
    [InlineData(25, 2, 0.9091, 0.9091, 0.9091, 2, 15, 1.466)]
    [InlineData(40, 1, 0.7818, 0.7636, 1.0000, 2, 33, 3.529)]
    [InlineData(50, 0, 0.9636, 0.9818, 0.9818, 2, 59, 19.482)]
    public void Stored_runs_are_told_as_they_were(int trainSamples, int seed, double accuracy, double predicted, double ideal, long nullity, long permissible, double lambda3)
    {
        var row = Row("final_accuracy, final_predicted_accuracy, ideal_accuracy, nullity, permissible_parallelograms, lambda3_reference, expected_steps_paper IS NULL",
            $"seed={seed}", "rng=reference", "convention=reference", $"train_samples={trainSamples}", "steps=5000", "checkpoints=none");
        Assert.Equal(accuracy, (double)row[0]!, 4);
        Assert.Equal(predicted, (double)row[1]!, 4);
        Assert.Equal(ideal, (double)row[2]!, 4);
        Assert.Equal([nullity, permissible], row[3..5]);
        Assert.Equal(lambda3, (double)row[5]!, 3);
        Assert.Equal(nullity > 2, row[6]);
    }

    [Fact]
    public void Seed_58_has_the_time_scales_of_both_conventions()
    {
        var row = Row(Theory, [.. Runs.Replay, "steps=0", "embedding_lr=2e-3"]);
        Assert.Equal([55L, 2L, 44L, 1.0, 1.0], row[..5]);

        // H = 2 A'A / Z0: Z0 = 10 and a division by |P0(D)| = 44 in the paper, Z0 = 9 and none in the code; 3 n_h = 3 / (rate · learning rate).
        const double Eigenvalue = 12.42966;
        Assert.Equal(2 * Eigenvalue / (44 * 10), (double)row[5]!, 7);
        Assert.Equal(Eigenvalue, (double)row[6]!, 5);
        Assert.Equal(1, (double)row[7]! * (2 * Eigenvalue / (44 * 10)) * 2e-3 / 3, 6);
        Assert.Equal(1, (double)row[8]! * (2 * Eigenvalue / 9) * 2e-3 / 3, 6);
    }

    [Fact]
    public void All_of_P0_has_the_known_spectrum()
    {
        var row = Row(Theory, "train_samples=55", "steps=0");
        Assert.Equal([55L, 2L, 70L, 1.0, 1.0], row[..5]);
        Assert.Equal(30, (double)row[6]!, 9);
    }

    [Fact]
    public void No_expectation_without_a_learning_rate() =>
        Assert.Equal([true, true, false], Row("expected_steps_paper IS NULL, expected_steps_reference IS NULL, lambda3_paper IS NULL", "embedding_lr=0", "steps=0"));

    [Fact]
    public void A_group_has_ranks_but_no_line()
    {
        // All of P0 modulo 7 leaves only constants.
        var row = Row(Theory, "operation=modular_add", "p=7", "train_samples=28", "width=16", "steps=0");
        Assert.Equal([28L, 1L, 7L * (4 * 3 / 2), 1.0, 1.0, null, null, null, null], row);
    }

    [Fact]
    public void Ordered_pairs_say_the_same_as_unordered_ones()
    {
        var row = Row(Theory, "pairs=ordered", "train_samples=100", "width=16", "steps=0");
        Assert.Equal([100L, 2L, 70L, 1.0, 1.0], row[..5]);
    }

    [Fact]
    public void Beyond_256_symbols_ranks_are_not_taken() =>
        Assert.Equal([257L * 258 / 2, null, null, null, null, null, null, null, null], Row(Theory, "p=257", "train_samples=5", "batch=5", "width=8", "output_dimension=2", "steps=0", "checkpoints=none"));

    private static object?[] Row(string columns, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        TrainStage.Run([Runs.Configure(settings)], folder.Path, 1, null, default);
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("runs", folder.File("runs.parquet"));
        return [.. engine.Query($"SELECT {columns} FROM runs").Rows.Single()];
    }
}
