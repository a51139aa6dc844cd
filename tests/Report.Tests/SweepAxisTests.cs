using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>Which parameters a sweep varies, and how their values are laid out.</summary>
public sealed class SweepAxisTests
{
    [Theory]
    [InlineData(AxisKind.Logarithmic, new[] { 1e-5, 1e-4, 1e-3 })]
    [InlineData(AxisKind.Logarithmic, new[] { 1e-5, 3e-5, 1e-4, 3e-4, 1e-3 })]
    [InlineData(AxisKind.Logarithmic, new[] { 1e-5, 3.16e-5, 1e-4 })]
    [InlineData(AxisKind.Linear, new[] { 0.0, 2, 4, 6 })]
    [InlineData(AxisKind.Linear, new[] { 100.0, 101, 102 })]
    [InlineData(AxisKind.Ordinal, new[] { 0.0, 1, 2, 3, 5, 10, 20, 30, 50, 100, 200 })]
    [InlineData(AxisKind.Ordinal, new[] { 1.0, 2, 5, 10 })]
    [InlineData(AxisKind.Ordinal, new[] { 0.0, 10 })]
    internal void Even_spacing_is_told_from_the_values(AxisKind kind, double[] values)
    {
        var axis = new SweepAxis("a", values.Reverse().Concat(values).Cast<object?>());
        Assert.Equal(kind, axis.Kind);
        Assert.Equal(values, axis.Values);
        Assert.Equal(Enumerable.Range(0, values.Length), values.Select(value => axis.IndexOf(value)));
    }

    [Fact]
    public void Cells_reach_halfway_to_their_neighbours()
    {
        var logarithmic = new SweepAxis("decoder_lr", [1e-3, 1e-5, 1e-4]);
        // The middle of 1e-5 and 1e-4 in the logarithm is 10^-4.5.
        Assert.Equal((-5.5, -4.5), Rounded(logarithmic.Edges(0)));
        Assert.Equal((-3.5, -2.5), Rounded(logarithmic.Edges(2)));
        Assert.Equal((3, 5), new SweepAxis("decay", [0L, 2L, 4L]).Edges(2));

        static (double, double) Rounded((double From, double To) edges) => (Math.Round(Math.Log10(edges.From), 9), Math.Round(Math.Log10(edges.To), 9));
    }

    [Fact]
    public void Values_are_told_in_few_digits_that_differ()
    {
        Assert.Equal(["1e-5", "1.58e-5", "2.51e-5"], new SweepAxis("a", Enumerable.Range(0, 3).Select(i => (object?)Math.Pow(10, -5 + (i / 5.0)))).Labels);
        Assert.Equal(["0", "0.5", "20", "200"], new SweepAxis("a", [0.0, 0.5, 20.0, 200.0]).Labels);
        Assert.Equal(["1.0001", "1.0002"], new SweepAxis("a", [1.0002, 1.0001]).Labels);
        Assert.Equal(["cross_entropy", "mse"], new SweepAxis("loss", ["mse", "cross_entropy", "mse"]).Labels);
        Assert.Equal("Decoder learning rate", new SweepAxis("decoder_lr", [1.0]).Title);
        Assert.Equal("Batch", new SweepAxis("batch", [1L]).Title);
    }

    [Fact]
    public void The_axes_are_the_parameters_that_vary_apart_from_the_seed()
    {
        (string, string?) Axes(params SweepRun[] runs) => SweepAxes.Of(SweepTables.Read(runs)) is var axes ? (axes.X.Parameter, axes.Y?.Parameter) : default;
        var run = new SweepRun(1e-3, 5);
        // Of two learning rates the decoder's goes to the right, although the embedding's comes first in the table.
        Assert.Equal(("decoder_lr", "embedding_lr"), Axes(run, run with { EmbeddingLr = 1e-2 }, run with { DecoderLr = 1e-2 }));
        Assert.Equal(("decoder_lr", "decoder_weight_decay"), Axes(run, run with { DecoderWeightDecay = 0 }, run with { DecoderLr = 1e-2, Seed = 3 }));
        Assert.Equal(("loss", "decoder_weight_decay"), Axes(run, run with { DecoderWeightDecay = 0 }, run with { Loss = "cross_entropy" }));
        Assert.Equal(("embedding_lr", "loss"), Axes(run, run with { EmbeddingLr = 0 }, run with { Loss = "cross_entropy" }));
        Assert.Equal(("decoder_weight_decay", null), Axes(run, run with { DecoderWeightDecay = 0 }));
    }

    [Fact]
    public void No_parameter_or_three_are_one_line_that_names_them()
    {
        string Complaint(params SweepRun[] runs) => Assert.Throws<GoldilocksException>(() => SweepAxes.Of(SweepTables.Read(runs))).Message;
        var run = new SweepRun(1e-3, 5);
        Assert.Equal(
            "runs.parquet: no parameter but the seed varies between the 2 runs; a phase map has one or two, apart from the seed. Sweep two parameters, such as decoder_lr and decoder_weight_decay.",
            Complaint(run, run with { Seed = 1 }));
        Assert.Equal(
            "runs.parquet: 3 parameters vary between the runs (loss, decoder_lr, decoder_weight_decay); a phase map has one or two, apart from the seed. Sweep two parameters, such as decoder_lr and decoder_weight_decay.",
            Complaint(run, new SweepRun(1e-2, 0), run with { Loss = "cross_entropy" }));
    }
}
