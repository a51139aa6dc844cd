using System.Text.Json.Nodes;
using Goldilocks.Theory;

namespace Goldilocks.Report.Tests;

/// <summary>The page's own arithmetic beside that of the theory, in Node.js.</summary>
public sealed class SweepScriptTests
{
    private static readonly string[] Scripts = ["phases.js"];

    [Fact]
    public void Runs_have_the_phase_that_the_theory_gives_them()
    {
        var random = new Random(7);
        (long? Train, long? Validation, PhaseRule Rule)[] runs = [.. Enumerable.Range(0, 5000).Select(_ =>
        {
            // Few values, so that steps, gaps and budgets are often equal.
            var rule = new PhaseRule { Gap = random.Next(0, 8), StepBudget = random.Next(0, 12) };
            long? Step() => random.Next(5) == 0 ? null : random.Next(0, 14);
            return (Step(), Step(), rule);
        })];
        var input = new JsonArray([.. runs.Select(run => (JsonNode)new JsonObject
        {
            ["train"] = run.Train, ["validation"] = run.Validation, ["rule"] = new JsonObject { ["gap"] = run.Rule.Gap, ["budget"] = run.Rule.StepBudget },
        })]);
        var found = NodeScript.Run(Scripts, "return input.map((run) => phases.classify(run.train, run.validation, run.rule));", input).AsArray().Select(phase => (string)phase!).ToArray();
        Assert.Equal(runs.Select(run => run.Rule.Classify(run.Train, run.Validation).ToString().ToLowerInvariant()), found);
        Assert.Equal(PhaseKind.All.Order(), found.Distinct().Order());
    }

    [Theory]
    [InlineData(10, 0.9)]
    [InlineData(45, 0.8)]
    [InlineData(19, 0.95)]
    [InlineData(300, 0.7)]
    [InlineData(1000, 0.999)]
    [InlineData(10, 1)]
    public void Thresholds_are_reached_by_as_many_samples_as_the_theory_says(int total, double threshold)
    {
        foreach (var inclusive in (bool[])[false, true])
        {
            var rule = new PhaseRule { Accuracy = threshold, AccuracyInclusive = inclusive };
            int[] counts = [.. Enumerable.Range(0, total + 1)];
            var code = CurveCode.Of([.. counts.Select(count => (double)count / total)], total)!;
            Assert.Equal(total, (int)(long)code[0]!);
            var input = new JsonObject { ["code"] = code, ["threshold"] = threshold, ["inclusive"] = inclusive };
            var found = NodeScript.Run(Scripts, "const values = phases.fractions(input.code); return phases.crossing(values.map((_, i) => i), values, input.threshold, input.inclusive);", input.DeepClone());
            var expected = Array.FindIndex(counts, count => rule.ReachesAccuracy(count, total));
            Assert.Equal(expected, found is null ? -1 : (int)found);
        }
    }

    [Fact]
    public void Accuracies_of_unknown_samples_keep_their_ties_in_single_precision()
    {
        // 0.9 is less than itself in single precision, which must not matter.
        var code = CurveCode.Of([0.1, 0.9, 0.95], samples: null)!;
        var input = new JsonObject { ["code"] = code };
        var found = NodeScript.Run(Scripts, "const values = phases.fractions(input.code); return [true, false].map((inclusive) => phases.crossing([5, 6, 7], values, 0.9, inclusive));", input);
        Assert.Equal([6, 7], found.AsArray().Select(step => (int)step!));
    }

    [Fact]
    public void A_moved_threshold_keeps_to_what_is_known_exactly()
    {
        const string script = """
            const steps = [0, 100, 200, 300];
            const values = [0.2, 0.6, 0.95, 0.8];
            const moved = (threshold, exact) => phases.moved(steps, values, threshold, true, 0.9, exact);
            return [moved(0.9, 150), moved(0.5, 150), moved(0.8, 150), moved(0.95, 150), moved(0.95, 250), moved(0.99, 150), moved(0.95, null), moved(0.3, null)];
            """;
        var found = NodeScript.Run(Scripts, script, new JsonObject()).AsArray();
        // 0.8 is reached at step 200 by the curve, but 0.9 was at step 150; a dip is no crossing.
        Assert.Equal([150, 100, 150, 200, null, null, null, 100], found.Select(step => (int?)step));
    }

    [Fact]
    public void Medians_and_frequent_phases_are_those_of_the_static_maps()
    {
        var random = new Random(3);
        long?[][] cells = [.. Enumerable.Range(1, 300).Select(i => Enumerable.Range(0, 1 + (i % 6)).Select(_ => random.Next(3) == 0 ? (long?)null : random.Next(50)).ToArray())];
        var input = new JsonArray([.. cells.Select(cell => (JsonNode)new JsonArray([.. cell.Select(step => (JsonNode?)step)]))]);
        var found = NodeScript.Run(Scripts, "return input.map((cell) => phases.medianStep(cell));", input).AsArray();
        Assert.Equal(cells.Select(Statistics.MedianStep), found.Select(step => (double?)step));
        Assert.Equal("grokking", (string)NodeScript.Run(Scripts, "return phases.mostFrequent(['confusion', 'grokking', 'confusion', 'grokking', 'undefined']);", new JsonObject())!);
    }
}
