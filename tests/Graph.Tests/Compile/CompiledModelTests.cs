using Goldilocks.Core;
using Goldilocks.Graph.Compile;
using Goldilocks.Graph.Tests.Operators;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Tests.Compile;

/// <summary>Whole models: gradients, optimiser steps and losses against the double twin, and what a plan promises.</summary>
public sealed class CompiledModelTests
{
    /// <summary>All P(P+1)/2 samples forward, the first 15 trained on.</summary>
    private const int Forward = 21, Trained = 15;

    /// <summary>Three products of length at most 21 forward and three back, in single precision, relative to the largest entry.</summary>
    private const double GradientTolerance = 1e-5;

    /// <summary>Ten optimiser steps on top.</summary>
    private const double LossTolerance = 1e-5;

    private const double EmbeddingRate = 1e-2, DecoderRate = 3e-3, DecoderDecay = 0.1;

    private static readonly InstructionSet[] Sets = Enum.GetValues<InstructionSet>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_of_a_whole_model_agree_with_the_double_twin(bool regression)
    {
        var graph = ToyModels.Create(regression);
        using var model = Compile(graph, InstructionSets.Best);
        model.Forward();
        model.Backward();
        var reference = Reference(graph, Trained);
        reference.Forward();
        reference.Backward("loss");
        foreach (var name in ToyModels.Decoder.Prepend("embedding"))
        {
            var (expected, found) = (reference.Gradients[name].Data, model.ReadGradient(name).AsFloats().ToArray());
            var scale = expected.Max(Math.Abs);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - found[i]) <= GradientTolerance * scale,
                    $"d loss/d {name} [{i}]: expected {expected[i]:R}, found {found[i]:R}, {Math.Abs(expected[i] - found[i]) / scale:E1} of the largest entry");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ten_optimiser_steps_follow_the_double_twins_losses(bool regression)
    {
        var graph = ToyModels.Create(regression);
        using var model = Compile(graph, InstructionSets.Best);
        var reference = Reference(graph, Trained);
        var moments = new Dictionary<string, (double[] M, double[] V)>();
        double first = 0, last = 0;
        for (var t = 1; t <= 10; t++)
        {
            model.Forward();
            reference.Forward();
            last = reference.Values["loss"].Data[0];
            if (t == 1) first = last;
            Assert.Equal(last, model.Read("loss").AsFloats()[0], LossTolerance * last);
            model.Backward();
            model.Update(t);
            reference.Backward("loss");
            foreach (var name in ToyModels.Decoder.Prepend("embedding"))
            {
                var (p, g) = (reference.Values[name].Data, reference.Gradients[name].Data);
                if (t == 1) moments[name] = (new double[p.Length], new double[p.Length]);
                var (m, v) = moments[name];
                var (rate, decay) = name == "embedding" ? (EmbeddingRate, 0.0) : (DecoderRate, DecoderDecay);
                for (var i = 0; i < p.Length; i++)
                {
                    p[i] -= rate * decay * p[i];
                    m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                    v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                    p[i] -= rate * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                }
            }
        }

        Assert.True(last < 0.95 * first, $"ten steps brought the loss from {first:R} to {last:R}. HINT: the gradient's sign.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parameters_after_twenty_steps_are_the_same_bits_at_every_width(bool regression)
    {
        var graph = ToyModels.Create(regression);
        using var scalar = Train(graph, InstructionSet.Scalar, 20);
        foreach (var set in Sets)
        {
            using var model = Train(graph, set, 20);
            foreach (var name in ToyModels.Decoder.Prepend("embedding"))
            {
                Assert.True(scalar.Read(name).Data.Span.SequenceEqual(model.Read(name).Data.Span), $"{name} differs between Scalar and {set}");
                Assert.True(scalar.ReadMoments(name).Second.Data.Span.SequenceEqual(model.ReadMoments(name).Second.Data.Span), $"second moment of {name} differs between Scalar and {set}");
            }
        }
    }

    [Fact]
    public void Rows_that_ride_along_change_no_gradient()
    {
        var graph = ToyModels.Create(regression: true);
        using var wide = Compile(graph, InstructionSets.Best);
        using var narrow = Compile(graph, InstructionSets.Best, forward: Trained);
        foreach (var model in new[] { wide, narrow })
        {
            model.Forward();
            model.Backward();
        }

        foreach (var name in ToyModels.Decoder.Prepend("embedding").Append("loss"))
            Assert.Equal(narrow.ReadGradient(name).AsFloats(), wide.ReadGradient(name).AsFloats());
        Assert.Equal(narrow.Read("loss").AsFloats(), wide.Read("loss").AsFloats());
    }

    [Fact]
    public void A_plan_without_training_totals_every_row()
    {
        var graph = ToyModels.Create(regression: false);
        using var model = CompiledModel.Compile(graph, new CompileOptions { ForwardRows = Forward, Outputs = ["loss"] });
        Feed(model, Forward);
        model.Forward();
        var reference = Reference(graph, Forward);
        reference.Forward();
        Assert.Equal(reference.Values["loss"].Data[0], model.Read("loss").AsFloats()[0], 1e-6);
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        using var model = Train(ToyModels.Create(regression: true), InstructionSets.Best, 10);
        using var other = Train(ToyModels.Create(regression: false), InstructionSets.Best, 10);
        foreach (var warm in new[] { model, other })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 11; step <= 110; step++)
            {
                warm.Forward();
                warm.Backward();
                warm.Update(step);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Operations_per_step_are_those_of_the_products()
    {
        using var model = Compile(ToyModels.Create(regression: true), InstructionSets.Best);
        long weights = (ToyModels.H * ToyModels.D) + (ToyModels.H * ToyModels.H) + (ToyModels.O * ToyModels.H);

        // Forward once per row and weight; backward twice, once for the weights and once for the inputs.
        Assert.Equal(2 * weights * (Forward + (2 * Trained)), model.FlopsPerStep);
    }

    [Fact]
    public void Moments_and_parameters_survive_a_round_trip()
    {
        var graph = ToyModels.Create(regression: true);
        using var whole = Train(graph, InstructionSets.Best, 9);
        using var first = Train(graph, InstructionSets.Best, 4);
        using var second = Compile(graph, InstructionSets.Best);
        foreach (var name in ToyModels.Decoder.Prepend("embedding"))
        {
            var (m, v) = first.ReadMoments(name);
            second.Write(name, first.Read(name));
            second.WriteMoments(name, m, v);
        }

        Steps(second, 5, 9);
        foreach (var name in ToyModels.Decoder.Prepend("embedding")) Assert.True(whole.Read(name).Data.Span.SequenceEqual(second.Read(name).Data.Span), name);
    }

    [Fact]
    public void Only_what_is_asked_for_is_computed()
    {
        using var model = CompiledModel.Compile(ToyModels.Create(regression: true), new CompileOptions { ForwardRows = 4, Outputs = ["h1"] });
        Assert.DoesNotContain(model.Kernels, kernel => kernel.Name is "y" or "loss");
        Assert.Throws<ArgumentException>(() => model.Read("y"));
    }

    [Fact]
    public void Wrong_names_and_shapes_are_refused()
    {
        var graph = ToyModels.Create(regression: true);
        AssertOneLine("Did you mean \"loss\"?", () => CompiledModel.Compile(graph, new CompileOptions { ForwardRows = 1, Outputs = ["lss"] }));
        AssertOneLine("Did you mean \"embedding\"?", () => CompiledModel.Compile(graph, new CompileOptions
        {
            ForwardRows = 1, GradientRows = 1, Loss = "loss", Outputs = [], Groups = [new(["embeding"], new AdamWOptions(1))],
        }));
        AssertOneLine("\"w3\" does not influence", () => CompiledModel.Compile(graph, new CompileOptions
        {
            ForwardRows = 1, Outputs = ["h1"], Groups = [new(["w3"], new AdamWOptions(1))],
        }));
        AssertOneLine("must be one number", () => CompiledModel.Compile(graph, new CompileOptions { ForwardRows = 2, GradientRows = 1, Loss = "sample_loss", Outputs = [] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CompiledModel.Compile(graph, new CompileOptions { ForwardRows = 1, GradientRows = 2, Loss = "loss", Outputs = [] }));
        using var model = Compile(graph, InstructionSets.Best);
        Assert.Throws<ArgumentException>(() => model.Write("w1", Tensor.Of([1f], 1)));
        Assert.Throws<ArgumentException>(() => model.Indices("embedding"));
        Assert.Throws<ArgumentException>(() => model.ReadGradient("targets"));
        Assert.Contains("name h1 among the outputs", Assert.Throws<ArgumentException>(() => model.ReadGradient("h1")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.ReadMoments("targets"));
    }

    internal static void AssertOneLine(string part, Action action)
    {
        var error = Assert.Throws<GoldilocksException>(action);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static CompiledModel Train(ModelGraph graph, InstructionSet set, int steps)
    {
        var model = Compile(graph, set);
        Steps(model, 1, steps);
        return model;
    }

    private static void Steps(CompiledModel model, int from, int to)
    {
        for (var step = from; step <= to; step++)
        {
            model.Forward();
            model.Backward();
            model.Update(step);
        }
    }

    private static CompiledModel Compile(ModelGraph graph, InstructionSet set, int forward = Forward)
    {
        var model = CompiledModel.Compile(graph, new CompileOptions
        {
            ForwardRows = forward,
            GradientRows = Trained,
            Loss = "loss",
            Outputs = ["y"],
            Groups = [new(["embedding"], new AdamWOptions(EmbeddingRate)), new(ToyModels.Decoder, new AdamWOptions(DecoderRate, DecoderDecay))],
            Set = set,
        });
        Feed(model, forward);
        return model;
    }

    private static void Feed(CompiledModel model, int rows)
    {
        foreach (var (name, values) in Samples(rows))
            for (var r = 0; r < rows; r++) model.Indices(name)[r] = values[r];
    }

    private static ReferenceGraph Reference(ModelGraph graph, int rows)
    {
        var reference = new ReferenceGraph(graph);
        foreach (var (name, values) in Samples(rows)) reference.Values[name] = new Array64([rows], [.. values.Select(value => (double)value)]);
        return reference;
    }

    private static Dictionary<string, int[]> Samples(int rows)
    {
        var pairs = Enumerable.Range(0, ToyModels.P).SelectMany(a => Enumerable.Range(a, ToyModels.P - a).Select(b => (a, b))).OrderBy(pair => ((pair.a * 5) + (pair.b * 7)) % 11).Take(rows).ToArray();
        return new()
        {
            ["a"] = [.. pairs.Select(pair => pair.a)],
            ["b"] = [.. pairs.Select(pair => pair.b)],
            ["label"] = [.. pairs.Select(pair => pair.a + pair.b)],
        };
    }
}
