using System.Text.Json.Nodes;
using Goldilocks.Numerics.LinearAlgebra;
using Goldilocks.Theory;

namespace Goldilocks.Report.Tests;

/// <summary>The arithmetic of the theory's page against the laboratory's own.</summary>
public sealed class TheoryScriptTests
{
    private static readonly Lazy<IReadOnlyList<(Split Split, JsonNode Answer)>> Answers = new(() => [.. TheoryCases.All.Zip(TheoryScript.Ask(TheoryCases.All))]);

    [Fact]
    public void Sets_and_ranks_are_exactly_those_of_the_theory()
    {
        Assert.True(Answers.Value.Count >= 300);
        var nullities = new HashSet<int>();
        foreach (var (split, answer) in Answers.Value)
        {
            var all = new ParallelogramSet(split.Samples);
            var expected = new TrainingStructure(all, split);
            nullities.Add(expected.Nullity);
            Assert.Equal(expected.Nullity, answer["nullity"]!.GetValue<int>());
            Assert.Equal(all.Count, answer["all"]!.GetValue<long>());
            Assert.Equal(expected.PermissibleParallelograms, answer["permissible"]!.GetValue<long>());
            Assert.Equal(expected.ImpliedParallelograms, answer["implied"]!.GetValue<long>());
            Assert.Equal(Enumerable.Range(0, split.Samples.Count).Select(expected.IsDetermined), answer["determined"]!.AsArray().Select(value => value!.GetValue<bool>()));
            Assert.Equal(expected.IdealRqi, answer["idealRqi"]!.GetValue<double>());
            Assert.Equal(expected.IdealAccuracy, answer["idealAccuracy"]!.GetValue<double>());
            Assert.Equal(expected.IdealValidationAccuracy, answer["idealValidationAccuracy"]?.GetValue<double>());
        }

        Assert.Superset(Enumerable.Range(1, 12).ToHashSet(), nullities);
    }

    [Fact]
    public void Rates_and_time_scales_are_those_of_the_theory()
    {
        foreach (var (split, answer) in Answers.Value)
        {
            foreach (var convention in Enum.GetValues<Convention>())
            {
                var expected = EffectiveTheory.OfTraining(new ParallelogramSet(split.Samples), split, convention);
                var actual = answer["dynamics"]![(int)convention]!;
                Near(expected.Lambda3, actual["lambda3"]!.GetValue<double>());
                Near(expected.Rate, actual["rate"]!.GetValue<double>());
                var steps = expected.StepsPerRelaxation(TheoryScript.LearningRate);
                Assert.Equal(steps is null, actual["steps"] is null);
                if (steps is { } value) Near(value, actual["steps"]!.GetValue<double>());
            }
        }

        static void Near(double expected, double actual) => Assert.InRange(Math.Abs(actual - expected), 0, 1e-9 * expected);
    }

    [Fact]
    public void Trajectories_are_those_of_the_theory()
    {
        foreach (var (split, answer) in Answers.Value)
        {
            var start = Numbers(answer["start"]!).Select(value => (float)value).ToArray();
            Assert.All(start, value => Assert.InRange(value, -0.5f, 0.5f));
            foreach (var convention in Enum.GetValues<Convention>())
            {
                var times = TheoryScript.Times(split, convention);
                var theory = EffectiveTheory.OfTraining(new ParallelogramSet(split.Samples), split, convention);
                var trajectory = new EffectiveTrajectory(theory, NormalisedEmbedding.Of(start, split.Samples.Symbols, convention));
                foreach (var (flow, name) in ((EffectiveFlow, string)[])[(EffectiveFlow.Full, "full"), (EffectiveFlow.Linear, "linear")])
                {
                    for (var k = 0; k < times.Length; k++)
                    {
                        var actual = Numbers(answer["dynamics"]![(int)convention]![name]![k]!);
                        Assert.All(trajectory.At(times[k], flow).Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-8));
                    }
                }
            }
        }
    }

    /// <summary>Each movement solves every equation, holds the large body still, and together with moving and stretching that body they are all there is.</summary>
    [Fact]
    public void Free_movements_are_all_solutions_of_the_equations()
    {
        var seen = 0;
        foreach (var (split, answer) in Answers.Value.Where(pair => pair.Answer["freedom"] is not null))
        {
            seen++;
            var samples = split.Samples;
            var held = answer["freedom"]!["held"]!.AsArray().Select(symbol => symbol!.GetValue<int>()).ToArray();
            var modes = answer["freedom"]!["groups"]!.AsArray().SelectMany(group => group!["modes"]!.AsArray()).Select(mode => Numbers(mode!).Select(value => checked((int)value)).ToArray()).ToArray();
            foreach (var mode in modes)
            {
                Assert.All(held, symbol => Assert.Equal(0, mode[symbol]));
                foreach (var shown in split.Train.GroupBy(s => samples.Labels[s]))
                    Assert.Single(shown.Select(s => mode[samples.First[s]] + mode[samples.Second[s]]).Distinct());
            }

            var nullity = answer["nullity"]!.GetValue<int>();
            Assert.Equal(nullity - 2, modes.Length);
            Assert.Equal(nullity - 2, ExactRank.Of([.. modes.SelectMany(mode => mode)], samples.Symbols));
            var groups = answer["freedom"]!["groups"]!.AsArray().SelectMany(group => group!["symbols"]!.AsArray()).Select(symbol => symbol!.GetValue<int>());
            Assert.Equal(Enumerable.Range(0, samples.Symbols), held.Concat(groups).Order());
        }

        Assert.True(seen > 100);
    }

    private static double[] Numbers(JsonNode array) => [.. array.AsArray().Select(value => value!.GetValue<double>())];
}
