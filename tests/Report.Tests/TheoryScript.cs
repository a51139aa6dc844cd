using System.Diagnostics;
using System.Text.Json.Nodes;
using Goldilocks.Theory;

namespace Goldilocks.Report.Tests;

/// <summary>What the page's arithmetic answers, in one Node.js process for many training sets.</summary>
internal static class TheoryScript
{
    /// <summary>Learning rate of every question.</summary>
    public const double LearningRate = 2e-3;

    private const string Driver =
        """
        const answer = ({ symbols, operation, trained, times }) => {
          const of = Theory.structure(symbols, operation, trained);
          const start = Theory.start(symbols, symbols + of.shown).map(Math.fround);
          const dynamics = ['paper', 'reference'].map((convention, k) => {
            const theory = Theory.effective(of, convention);
            const at = Theory.trajectory(theory, Theory.normalise(start, convention));
            return {
              lambda3: theory.lambda3, rate: theory.rate, steps: theory.stepsPerRelaxation(learningRate),
              full: times[k].map((time) => at(time, 'full')), linear: times[k].map((time) => at(time, 'linear')),
            };
          });
          const { nullity, all, permissible, implied, determined, idealRqi, idealAccuracy, idealValidationAccuracy } = of;
          return { nullity, all, permissible, implied, determined, idealRqi, idealAccuracy, idealValidationAccuracy, start, dynamics, freedom: of.nullity > 2 ? Freedom.parts(of) : null };
        };
        let text = '';
        process.stdin.on('data', (part) => { text += part; }).on('end', () => process.stdout.write(JSON.stringify(JSON.parse(text).map(answer))));
        """;

    public static IReadOnlyList<JsonNode> Ask(IReadOnlyList<Split> splits)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("--eval");
        start.ArgumentList.Add(FormattableString.Invariant($"{Assets.Text("theory.js")}{Assets.Text("theory-freedom.js")}const learningRate = {LearningRate};\n{Driver}"));
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(new JsonArray([.. splits.Select(Question)]).ToJsonString());
        node.StandardInput.Close();
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
        return [.. JsonNode.Parse(output.Result)!.AsArray().Select(answer => answer!)];
    }

    /// <summary>The times at which trajectories are asked for: in units of the relaxation time where there is one.</summary>
    public static double[] Times(Split split, Convention convention)
    {
        var unit = EffectiveTheory.OfTraining(new ParallelogramSet(split.Samples), split, convention).RelaxationTime ?? 1;
        return [0, 0.1 * unit, unit, 3 * unit];
    }

    private static JsonObject Question(Split split) => new()
    {
        ["symbols"] = split.Samples.Symbols,
        ["operation"] = split.Samples.Operation,
        ["trained"] = new JsonArray([.. Enumerable.Range(0, split.Samples.Count).Select(s => (JsonNode)split.Train.Contains(s))]),
        ["times"] = new JsonArray([.. Enum.GetValues<Convention>().Select(convention => (JsonNode)new JsonArray([.. Times(split, convention).Select(time => (JsonNode)time)]))]),
    };
}
