using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Tests.Operators;

/// <summary>
/// The chain of proof: central differences prove the double twin's gradients, the double twin proves the scalar kernels', and the scalar kernels
/// equal every vector width bit for bit.
/// </summary>
public sealed class OperatorGradientTests
{
    /// <summary>Central differences in double with a step of 1e-5 are good to about 1e-10 relative to the largest entry.</summary>
    private const double DifferenceTolerance = 1e-6;

    private const double DifferenceStep = 1e-5;

    /// <summary>Single precision through at most three products of length 33: some tens of roundings of 6e-8, relative to the largest entry.</summary>
    private const double SingleTolerance = 1e-5;

    private static readonly InstructionSet[] Sets = Enum.GetValues<InstructionSet>();

    public static TheoryData<string> Names => [.. OperatorCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_double_twins_gradients_are_central_differences(string name)
    {
        var c = OperatorCases.All[name]();
        var reference = c.Reference(OperatorCase.GradientRows);
        foreach (var parameter in c.Parameters)
        {
            var gradient = reference.Gradients[parameter];
            var value = reference.Values[parameter];
            var differences = new double[value.Data.Length];
            for (var i = 0; i < differences.Length; i++)
            {
                var original = value.Data[i];
                value.Data[i] = original + DifferenceStep;
                reference.Forward();
                var above = reference.Values["loss"].Data[0];
                value.Data[i] = original - DifferenceStep;
                reference.Forward();
                differences[i] = (above - reference.Values["loss"].Data[0]) / (2 * DifferenceStep);
                value.Data[i] = original;
            }

            AssertClose(differences, gradient.Data, DifferenceTolerance, $"{name}: d loss/d {parameter}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernels_agree_with_the_double_twin(string name)
    {
        var c = OperatorCases.All[name]();
        var (all, trained) = (c.Reference(OperatorCase.ForwardRows), c.Reference(OperatorCase.GradientRows));
        foreach (var keepAll in new[] { true, false })
        {
            using var model = Step(c, InstructionSet.Scalar, keepAll);
            if (keepAll)
            {
                foreach (var node in c.Graph.Nodes)
                {
                    // Rows that ride along count in no total: what has no batch axis is that of the trained rows.
                    var value = node.Outputs[0];
                    var isBatch = all.Values[value].Shape is [OperatorCase.ForwardRows, ..];
                    AssertClose((isBatch ? all : trained).Values[value].Data, Floats(model.Read(value)), SingleTolerance, $"{name}: {value}");
                    if (HasGradient(model, value)) AssertClose(trained.Gradients[value].Data, Floats(model.ReadGradient(value)), SingleTolerance, $"{name}: d loss/d {value}");
                }
            }

            AssertClose(trained.Values["loss"].Data, Floats(model.Read("loss")), SingleTolerance, $"{name}: loss");
            foreach (var parameter in c.Parameters)
            {
                Assert.Equal(trained.Gradients[parameter].Shape.Select(size => (long)size), model.ReadGradient(parameter).Shape);
                AssertClose(trained.Gradients[parameter].Data, Floats(model.ReadGradient(parameter)), SingleTolerance, $"{name}: d loss/d {parameter}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_fused_or_not_gives_the_same_bits(string name)
    {
        var c = OperatorCases.All[name]();
        using var scalar = Step(c, InstructionSet.Scalar, keepAll: true);
        foreach (var set in Sets)
        {
            foreach (var keepAll in new[] { true, false })
            {
                using var model = Step(c, set, keepAll);
                foreach (var value in keepAll ? c.Graph.Nodes.Select(node => node.Outputs[0]) : ["loss"])
                {
                    Assert.True(scalar.Read(value).Data.Span.SequenceEqual(model.Read(value).Data.Span), $"{name}: {value} differs between Scalar and {set} (every value kept: {keepAll})");
                    if (HasGradient(scalar, value))
                        Assert.True(scalar.ReadGradient(value).Data.Span.SequenceEqual(model.ReadGradient(value).Data.Span), $"{name}: d loss/d {value} differs between Scalar and {set} (every value kept: {keepAll})");
                }

                foreach (var parameter in c.Parameters)
                    Assert.True(scalar.ReadGradient(parameter).Data.Span.SequenceEqual(model.ReadGradient(parameter).Data.Span), $"{name}: d loss/d {parameter} differs between Scalar and {set} (every value kept: {keepAll})");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_stays_zero_over_training_steps(string name)
    {
        var c = OperatorCases.All[name]();
        using var model = c.Compile(InstructionSets.Best == InstructionSet.Scalar ? InstructionSet.Vector256 : InstructionSets.Best, keepAll: true);
        for (var step = 1; step <= 3; step++)
        {
            model.Forward();
            model.Backward();
            model.Update(step);
        }

        foreach (var value in c.Graph.Nodes.Select(node => node.Outputs[0]).Concat(c.Parameters))
        {
            if (!TryView(model, value, out var view)) continue;
            for (var r = 0; r < view.Rows; r++)
            {
                for (var i = view.Columns; i < view.Stride; i++)
                {
                    unsafe
                    {
                        var found = ((float*)view.Data)[((long)r * view.Stride) + i];
                        Assert.True(found == 0, $"{name}: padding [{r}, {i}] of {value} expected 0, found {found:R}. HINT: a kernel read scratch memory that others had left dirty.");
                    }
                }
            }
        }
    }

    private static CompiledModel Step(OperatorCase c, InstructionSet set, bool keepAll)
    {
        var model = c.Compile(set, keepAll);

        // Twice: the second pass must not see the first one's gradients or scratch.
        for (var pass = 0; pass < 2; pass++)
        {
            model.Forward();
            model.Backward();
        }

        return model;
    }

    private static bool HasGradient(CompiledModel model, string value)
    {
        try
        {
            model.ReadGradient(value);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool TryView(CompiledModel model, string value, out MatrixView view)
    {
        view = default;
        try
        {
            view = model.Value(value);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static double[] Floats(Tensor tensor) => [.. tensor.AsFloats().ToArray().Select(value => (double)value)];

    /// <summary>Largest difference, relative to the largest expected entry.</summary>
    private static void AssertClose(double[] expected, double[] found, double tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        var scale = expected.Length == 0 ? 0 : expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * scale,
                $"{what} [{i}]: expected {expected[i]:R}, found {found[i]:R}; the difference is {Math.Abs(expected[i] - found[i]) / scale:E1} of the largest entry, allowed {tolerance:E0}");
        }
    }
}
