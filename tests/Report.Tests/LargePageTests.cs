namespace Goldilocks.Report.Tests;

/// <summary>The page of one run of a transformer, a perceptron or a network of digits: what was trained, and nothing that it has not.</summary>
public sealed class LargePageTests
{
    [Fact]
    public void A_transformer_is_told_with_its_sizes()
    {
        var words = LargeTables.Words(null, new LargeRun("transformer") { Dropout = 0.05 });
        Assert.Contains("The task is addition modulo 31 of 31 symbols, 0 to 30.", words, StringComparison.Ordinal);
        Assert.Contains("A transformer reads the two symbols as a sequence: 2 layers with 1 attention head and 64 hidden units, of which training drops 5 % at random in each step.", words, StringComparison.Ordinal);
        // The recipe rounds 0.8 of 961 pairs down.
        Assert.Contains("Of the 961 possible pairs, 768 are shown again and again, and 193 are kept back.", words, StringComparison.Ordinal);
        Assert.Contains("more than 99 % of the 193 pairs it had never been shown", words, StringComparison.Ordinal);
        Assert.Contains("Cross-entropy (nats), averaged over the pairs shown", words, StringComparison.Ordinal);
        Assert.Contains("from the moment its score is the highest of all", words, StringComparison.Ordinal);
        Assert.Contains("how many of the 128 dimensions the symbols really use, measured in training.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("RQI", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Figure 4 (d)", words, StringComparison.Ordinal);
        Assert.DoesNotContain("first two dimensions", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_task_has_parallelograms_their_share_is_told()
    {
        var words = LargeTables.Words(null, new LargeRun("modular-mlp") { Rqi = 0.4, Symbols = 53 });
        Assert.Contains("Sums of embeddings agree (RQI > 0.95) never", words, StringComparison.Ordinal);
        Assert.Contains("A decoder, a small neural network with one hidden layer of 128 units, sees the embeddings of both symbols, one after the other, and scores the possible answers.", words, StringComparison.Ordinal);
        Assert.Contains("couples of pairs that have the same answer, and whose embeddings have the same sum", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_have_no_embedding_and_no_RQI()
    {
        var words = LargeTables.Words(null, new LargeRun("mnist"));
        Assert.Contains("the MNIST data set of handwritten digits", words, StringComparison.Ordinal);
        Assert.Contains("with 2 hidden layers of 200 units", words, StringComparison.Ordinal);
        Assert.Contains("All its weights start 9 times as large as usual", words, StringComparison.Ordinal);
        Assert.Contains("1000 images are shown again and again, and 2000 others, from the data set's test images, are never trained on.", words, StringComparison.Ordinal);
        Assert.Contains("(validation > 60 %) step 4000", words, StringComparison.Ordinal);
        Assert.Contains("the first step at which each reaches 90 % and 60 %.", words, StringComparison.Ordinal);
        foreach (var absent in (string[])["RQI", "embedding", "parallelogram", "pairs", "What the network found"]) Assert.DoesNotContain(absent, words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transformer", "accuracy", "loss", "effective-dimension")]
    [InlineData("mnist", "accuracy", "loss")]
    public void Only_charts_with_something_to_see_are_drawn(string recipe, params string[] charts)
    {
        using var folder = new TemporaryFolder();
        LargeTables.Write(folder.Inner("train"), [new LargeRun(recipe)]);
        Assert.Equal(charts, FigureSet.Create(ReportData.Read(folder.Inner("train"), null, CancellationToken.None), "").Select(figure => figure.Id));
    }
}
