using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>What the script of a sweep's page reads.</summary>
/// <param name="sweep">The runs.</param>
/// <param name="curves">Their accuracies, by identity.</param>
/// <param name="command">The command that makes them again.</param>
/// <param name="budget">Letters that all curves together may have.</param>
internal sealed class SweepData(Sweep sweep, IReadOnlyDictionary<string, RunAccuracies> curves, string command, int budget = SweepData.Budget)
{
    /// <summary>A page is opened as a whole: a few megabytes are quick from every disk.</summary>
    private const int Budget = 6_000_000;

    private readonly List<long[]> _grids = [];

    private IReadOnlyList<RunRow> Runs => sweep.Runs;

    /// <summary>How many of the runs, from the first on, have a page of their own.</summary>
    public int Pages { get; init; }

    /// <summary>Runs whose curves were written.</summary>
    public int CurveCount { get; private set; }

    public JsonObject Write()
    {
        var written = Curves();
        object[] rules = [.. Runs.Select(Rule).Distinct()];
        return new JsonObject
        {
            ["parameters"] = new JsonArray([.. sweep.Parameters.Select(parameter => (JsonNode)new JsonObject
            {
                ["name"] = parameter.Parameter, ["title"] = parameter.Kind == AxisKind.Logarithmic ? $"{parameter.Title} (logarithmic)" : parameter.Title,
                ["labels"] = Texts(parameter.Labels), ["places"] = Whole(Runs.Select(run => (long?)Sweep.Place(run, parameter))),
            })]),
            ["axes"] = sweep.AxisCount,
            ["phases"] = new JsonArray([.. PhaseKind.All.Select(phase => (JsonNode)new JsonObject
            {
                ["name"] = phase, ["colour"] = PhaseKind.Colour(phase), ["letter"] = phase == "confusion" ? "×" : Terms.Capital(phase)[..1], ["ink"] = phase is "memorization" or "confusion" ? "#ffffff" : "#101418",
            })]),
            ["absent"] = ValueMapFigure.AbsentColour,
            ["pages"] = Pages,
            ["ids"] = Texts(Runs.Select(run => run.ShortId)),
            ["names"] = Runs[0].Value("seed") is null ? null : Texts(Runs.Select(run => $"seed {Numbers.Setting(run.Value("seed"))}")),
            ["train"] = Whole(Runs.Select(run => run.TrainStep)),
            ["validation"] = Whole(Runs.Select(run => run.ValidationStep)),
            ["final"] = new JsonArray([.. Runs.Select(run => run.Number("final_validation_accuracy") is { } value && double.IsFinite(value) ? (JsonNode?)value : null)]),
            ["ended"] = Whole(Runs.Select(run => (long?)run.Steps)),
            ["rules"] = new JsonArray([.. Runs.Select(Rule).Distinct().Select(rule => (JsonNode)new JsonObject
            {
                ["train"] = rule.Train, ["validation"] = rule.Validation, ["inclusive"] = rule.Inclusive, ["gap"] = rule.Gap, ["budget"] = rule.Budget,
            })]),
            ["rule"] = Whole(Runs.Select(run => (long?)Array.IndexOf(rules, Rule(run)))),
            ["curves"] = written,
            ["grids"] = new JsonArray([.. _grids.Select(grid => (JsonNode)Whole(grid.Select(step => (long?)step)))]),
            ["provenance"] = new RunGroup(Runs).Provenance(command),
        };
    }

    private static (double Train, double Validation, bool Inclusive, long Gap, long Budget) Rule(RunRow run) =>
        (run.AccuracyThreshold, run.ValidationThreshold, run.IsReferenceConvention, run.GrokkingGap, run.Integer("steps") ?? run.Steps);

    /// <summary>Of each run [grid of steps, how many of its steps, the last step, training accuracies, validation accuracies], or null: the first runs of all cells before the second, while there is room.</summary>
    private JsonArray Curves()
    {
        var places = Runs.Select((run, i) => (run.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        var written = new JsonNode?[Runs.Count];
        var room = budget;
        var turns = sweep.Cells.SelectMany(cell => cell.Select((run, turn) => (run, turn))).OrderBy(pair => pair.turn).Select(pair => pair.run)
            .Where(run => curves.ContainsKey(run.Id)).TakeWhile(run => (room -= Room(run)) >= 0).ToArray();
        // Longest first: the grid of a run that ended early begins that of another.
        foreach (var run in turns.OrderByDescending(run => curves[run.Id].Steps.Count))
        {
            var accuracies = curves[run.Id];
            long[] steps = [.. accuracies.Steps.SkipLast(1)];
            var grid = _grids.FindIndex(known => known.AsSpan().StartsWith(steps));
            if (grid < 0)
            {
                grid = _grids.Count;
                _grids.Add(steps);
            }

            written[places[run.Id]] = new JsonArray(
                grid, steps.Length, accuracies.Steps[^1], CurveCode.Of(accuracies.Train, run.TrainCount), CurveCode.Of(accuracies.Validation, run.ValidationCount));
        }

        CurveCount = turns.Length;
        return new JsonArray(written);
    }

    private int Room(RunRow run)
    {
        int Letters(IReadOnlyList<double> values, long? samples) => CurveCode.Of(values, samples)?[1]!.GetValue<string>().Length ?? 0;
        return Letters(curves[run.Id].Train, run.TrainCount) + Letters(curves[run.Id].Validation, run.ValidationCount);
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static JsonArray Whole(IEnumerable<long?> values) => [.. values.Select(value => (JsonNode?)value)];
}
