using Goldilocks.Graph;

namespace Goldilocks.Analyze.Tests;

/// <summary>Every measure on models whose values are known without measuring.</summary>
public sealed class MeasureTests
{
    [Theory]
    [InlineData("paper")]
    [InlineData("reference")]
    public void A_line_with_the_right_decoder(string convention)
    {
        var row = ExactModel.Measure(ExactModel.Graph(metadata: ExactModel.Metadata(convention: convention)));
        Assert.Equal((ExactModel.Run, 5L, "toy-addition", convention), (row.Run, row.Step, row.Recipe, row.Convention));
        Assert.Null(row.Note);
        Assert.Equal(1, row["train_accuracy"]);
        Assert.Equal(1, row["validation_accuracy"]);
        Assert.Equal(1, row["accuracy"]);
        Assert.Equal(1, row["rqi"]);
        Assert.Equal(0, row["pca_entropy"]!.Value, 12);
        Assert.Equal(1, row["effective_dimension"]!.Value, 12);
        Assert.Equal(1, row["explained_variance_1"]!.Value, 12);
        Assert.Null(row["explained_variance_2"]);
        Assert.Null(row["explained_variance_3"]);
        Assert.Null(row["output_difference"]);

        // The ten validation samples are (0, j). Only (0,0) and (0,1) are alone with their sums: on a line, the others complete parallelograms.
        Assert.Equal(53.0 / 55, row["predicted_accuracy"]!.Value, 12);

        // From the training samples alone nothing follows about E_0, so it is free beside the line of the nine others, which have 50 of the 70
        // parallelograms.
        Assert.Equal(45.0 / 55, row["ideal_accuracy"]!.Value, 12);
        Assert.Equal(50.0 / 70, row["ideal_rqi"]!.Value, 12);
        Assert.Equal(50, row["permissible_parallelograms"]);
        Assert.Equal(3, row["nullity"]);
    }

    [Fact]
    public void Norms_are_the_sums_of_squares()
    {
        static double Square(float[] values) => values.Sum(value => (double)value * value);
        var row = ExactModel.Measure(ExactModel.Graph());
        Assert.Equal(Math.Sqrt(Square(ExactModel.Line)), row["embedding_norm"]!.Value, 10);
        Assert.Equal(Math.Sqrt(Square(ExactModel.Line) + Square(ExactModel.Weight) + Square(ExactModel.Bias)), row["weight_norm"]!.Value, 10);
    }

    [Fact]
    public void A_decoder_that_always_answers_three()
    {
        var bias = ExactModel.Bias;
        bias[3] += 10_000;
        var row = ExactModel.Measure(ExactModel.Graph(bias: bias));

        // Only (0,3), a validation sample, and (1,2), a training sample, have the sum 3.
        Assert.Equal(2.0 / 55, row["accuracy"]);
        Assert.Equal(1.0 / 45, row["train_accuracy"]);
        Assert.Equal(1.0 / 10, row["validation_accuracy"]);
        Assert.Equal(1, row["rqi"]);
    }

    [Fact]
    public void The_first_of_equal_logits_is_the_prediction()
    {
        var row = ExactModel.Measure(ExactModel.Graph(embedding: new float[ExactModel.P], bias: new float[ExactModel.Classes]));

        // All logits are 0: class 0, which is right for (0,0) alone. An embedding without spread has no parallelogram.
        Assert.Equal(1.0 / 55, row["accuracy"]);
        Assert.Equal(0, row["rqi"]);
        Assert.Equal(0, row["pca_entropy"]);
    }

    [Fact]
    public void A_random_embedding_has_hardly_a_parallelogram()
    {
        var random = new Random(1);
        var row = ExactModel.Measure(ExactModel.Graph([.. Enumerable.Range(0, 3 * ExactModel.P).Select(_ => random.NextSingle())]));
        Assert.InRange(row["rqi"]!.Value, 0, 0.05);
        Assert.InRange(row["predicted_accuracy"]!.Value, 45.0 / 55, 1);
        Assert.InRange(row["effective_dimension"]!.Value, 2, 3);
    }

    [Fact]
    public void Principal_components_of_orthogonal_axes()
    {
        // Orthogonal, centred columns with the squared norms 90, 32 and 8.
        float[] first = [3, 3, 3, 3, 3, -3, -3, -3, -3, -3], second = [2, -2, 2, -2, 0, 2, -2, 2, -2, 0], third = [1, -1, -1, 1, 0, 1, -1, -1, 1, 0];
        float[] embedding = [.. Enumerable.Range(0, ExactModel.P).SelectMany(k => (float[])[second[k] + 7, third[k] - 1, first[k]])];
        double[] squares = [90, 32, 8];
        var row = ExactModel.Measure(ExactModel.Graph(embedding));
        var fractions = squares.Select(square => square / squares.Sum()).ToArray();
        for (var i = 0; i < 3; i++) Assert.Equal(fractions[i], row[$"explained_variance_{i + 1}"]!.Value, 12);
        var entropy = -fractions.Sum(fraction => fraction * Math.Log(fraction));
        Assert.Equal(entropy, row["pca_entropy"]!.Value, 12);
        Assert.Equal(Math.Exp(entropy), row["effective_dimension"]!.Value, 11);
    }

    [Theory]
    [InlineData("train_samples", "the metadata do not tell the training samples (not measured: split_accuracy, predicted_accuracy, training_structure)")]
    [InlineData("task", "the metadata name no task (not measured: split_accuracy, accuracy, rqi, predicted_accuracy, training_structure)")]
    [InlineData("p", "the metadata give no p in 1..1024 (not measured: split_accuracy, accuracy, rqi, predicted_accuracy, training_structure)")]
    [InlineData("convention", "the metadata name no convention, paper or reference (not measured: rqi, predicted_accuracy)")]
    public void What_the_metadata_do_not_tell_is_null_with_a_note(string absent, string note)
    {
        var metadata = ExactModel.Metadata();
        metadata.Remove(absent);
        var row = ExactModel.Measure(ExactModel.Graph(metadata: metadata));
        Assert.Equal(note, row.Note);
        Assert.Null(row["predicted_accuracy"]);
        Assert.Equal(absent is "train_samples" or "convention" ? 1 : null, row["accuracy"]);
        Assert.NotNull(row["effective_dimension"]);
        Assert.NotNull(row["weight_norm"]);
    }

    [Theory]
    [InlineData("task", "multiply", "the metadata name an unknown task of unordered pairs; known: add, modular_add")]
    [InlineData("task", "group_s7", "the metadata name an unknown task of unordered pairs")]
    [InlineData("task", "group_c5", "the metadata name an unknown task of unordered pairs")]
    [InlineData("p", "100000000", "the metadata give no p in 1..1024")]
    [InlineData("p", "9", "the embedding has 10 rows, the task 9 symbols")]
    [InlineData("train_samples", "1 2 1", "the training samples in the metadata repeat or leave 0..54")]
    [InlineData("train_samples", "1 -2", "the training samples in the metadata are no numbers")]
    [InlineData("embedding", "nothing", "the model lacks the embedding that its metadata name")]
    [InlineData("embedding", "decoder.0.bias", "the embedding is no matrix of 32-bit numbers")]
    public void Metadata_that_do_not_fit_are_a_note_too(string key, string value, string reason)
    {
        var metadata = ExactModel.Metadata();
        metadata[key] = value;
        Assert.Contains(reason, ExactModel.Measure(ExactModel.Graph(metadata: metadata)).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Ordered_pairs_are_evaluated_in_both_orders()
    {
        var metadata = ExactModel.Metadata();
        metadata["pairs"] = "ordered";
        metadata["train_samples"] = string.Join(' ', Enumerable.Range(0, 100));
        var row = ExactModel.Measure(ExactModel.Graph(metadata: metadata));
        Assert.Null(row.Note);
        Assert.Equal((1.0, 1.0, null), (row["accuracy"], row["train_accuracy"], row["validation_accuracy"]));
        Assert.Equal(70, row["permissible_parallelograms"]);
    }

    [Theory]
    [InlineData("modular_subtract", 19, false)]
    [InlineData("x3+xy", 18, false)]
    [InlineData("modular_add", 55, true)]
    [InlineData("modular_multiply", 5, true)]
    public void Only_operations_that_commute_have_parallelograms_and_all_have_accuracies(string task, int right, bool commutes)
    {
        // With ten classes the model answers a + b, or 9 where that is more: (a + b) mod 10 for the 55 pairs below 10, say.
        var metadata = ExactModel.Metadata();
        (metadata["task"], metadata["pairs"]) = (task, "ordered");
        metadata["train_samples"] = string.Join(' ', Enumerable.Range(0, 100));
        var row = ExactModel.Measure(ExactModel.Graph(metadata: metadata, classes: 10));
        Assert.Equal((right / 100.0, right / 100.0), (row["accuracy"], row["train_accuracy"]));
        Assert.Equal((commutes, commutes, commutes), (row["rqi"].HasValue, row["predicted_accuracy"].HasValue, row["nullity"].HasValue));
        Assert.Equal(commutes ? null : "the operation does not commute, so sums of embeddings cannot express it (not measured: rqi, predicted_accuracy, training_structure)", row.Note);
    }

    [Fact]
    public void A_model_from_elsewhere()
    {
        var graph = new GraphBuilder("other");
        graph.Initializer("model.embed_tokens.weight", Tensor.Of([3f, 0, 0, 0, -3, 0], 3, 2));
        graph.Initializer("head.weight", Tensor.Of([4f, 0], 2, 1));
        graph.Initializer("constant", Tensor.Of([100f], 1));
        graph.Output(graph.Apply("MatMul", "y", [graph.Apply("Gather", "e", ["model.embed_tokens.weight", graph.Input("x", ElementType.Int64, [Dimension.Batch])]), "head.weight"]));
        var row = ExactModel.Measure(graph.Build());
        Assert.Null(row.Run);
        Assert.Null(row.Step);
        Assert.Equal("the metadata name no task (not measured: split_accuracy, accuracy, rqi, predicted_accuracy, training_structure)", row.Note);
        Assert.Equal(Math.Sqrt(9 + 9 + 16), row["weight_norm"]!.Value, 12);
        Assert.Equal(Math.Sqrt(18), row["embedding_norm"]!.Value, 12);
        Assert.Equal(1, row["explained_variance_1"]!.Value + row["explained_variance_2"]!.Value, 12);
    }
}
