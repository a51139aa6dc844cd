using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 8: digits grok, too. The curves of one run, and the phases of a sweep.</summary>
internal sealed class Figure8 : PaperFigure
{
    /// <summary>Pixels of a map's longer side in the common picture.</summary>
    private const int Side = 330;

    private readonly RunDetail _curves;
    private readonly RunGroup _map;
    private readonly PhaseGrid _grid;

    private Figure8(IReadOnlyList<RunRow> all, RunDetail curves, IReadOnlyList<RunRow> map, string command)
    {
        (Runs, _curves, _map, _grid) = (new RunGroup(all), curves, new RunGroup(map), new PhaseGrid(map));
        var one = new RunGroup([curves.Row]);
        Panel Map(char letter, MapQuantity quantity)
        {
            var figure = new ValueMapFigure(_grid, quantity) { Identity = _map.Identity, Provenance = _map.Provenance(command) };
            return new Panel(letter, figure, figure.WidthAt(Side), IsWide: false);
        }

        var phases = new PhaseMapFigure(_grid) { Identity = _map.Identity, Provenance = _map.Provenance(command) };
        Rows =
        [
            [
                new Panel('a', new AccuracyFigure(curves, logarithmic: true) { Identity = one.Identity, Provenance = one.Provenance(command) }, 520),
                new Panel('a', new LossFigure(curves, logarithmic: true) { Identity = one.Identity, Provenance = one.Provenance(command) }, 520),
            ],
            [new Panel('b', phases, phases.WidthAt(Side)), Map('c', MapQuantity.TrainSteps(_grid)), Map('c', MapQuantity.ValidationSteps(_grid))],
            [Map('d', MapQuantity.Gap(_grid)), Map('d', MapQuantity.Ratio(_grid))],
        ];
    }

    public override string Id => "fig8";

    public override string Title => "Grokking on handwritten digits";

    public override string Lead => $"{PhaseSummary.Of(_curves)} Over {_grid.Parameters}: {PhaseNumbers.Counts(_grid)}.";

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Grokking was first seen where networks learn small algebraic tasks. The paper's Figure 8 shows it on a task of another kind, handwritten digits: a perceptron that starts with weights nine times as large as usual and is shown 1000 images only learns them by heart first, and recognises the digits of other images much later. Its phase diagram over the learning rate of the last layer and the weight decay has the same four phases as those of the algebraic tasks.</p>
        <p>(a) shows one run as it was trained; the curves are those of run {_curves.Row.ShortId} with {Setting(_curves.Row)}. (b) to (d) show {Numbers.Counted(_map.Runs.Count, "other run")}, of which only the steps at the thresholds are known; every rectangle is a cell with its own runs, and nothing is smoothed or filled in. {PhaseNumbers.Rule(_map)}</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("The run of the curves", ["Quantity", "Value"], Curves())}{PhaseNumbers.Phases(_grid)}{PhaseNumbers.Delays(_grid)}{PhaseNumbers.Sweep(_grid, _map)}
        """);

    /// <summary>Reads the run with the most recorded points, and the runs of the map: those that recorded nothing between their first step and their last.</summary>
    /// <exception cref="GoldilocksException">There are no runs of one kind, a table is missing or of another schema, or the map's runs vary in no parameter or in more than two.</exception>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation)
    {
        var points = TableFile.Open(engine, input.TrainFolder, "curves", "train").Compute(["run", "step"], "run, count(DISTINCT step) AS steps", "GROUP BY run", cancellation)
            .ToDictionary(row => row.Words("run"), row => row.WholeNumber("steps"));
        long Points(RunRow run) => points.GetValueOrDefault(run.Id);
        RunRow[] map = [.. all.Where(run => Points(run) <= 2)];
        if (map.Length == 0) throw new GoldilocksException("curves.parquet: every run recorded curves; the map is drawn from runs with record_per_decade = 0. Train a sweep of them beside the run of the curves (cases).");
        if (map.Length == all.Count) throw new GoldilocksException("curves.parquet: no run recorded more than its first and last step; the curves are drawn from a run with record_per_decade > 0. Train one beside the sweep (cases).");
        var recorded = all.Where(run => Points(run) > 2).MaxBy(Points)!;
        return new Figure8(all, ReportData.ReadDetail(engine, input.TrainFolder, null, recorded, cancellation), map, input.Command);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, its phase, and the steps at which it reached the thresholds (null: never)"),
        (links.Train("curves"), "loss and accuracy: run, step, split, metric, value; of the map's runs the first and the last step only"),
    ];

    private string Setting(RunRow run) => string.Join(" and ", ((SweepAxis?[])[_grid.X, _grid.Y]).OfType<SweepAxis>().Select(axis => $"{axis.Parameter} = {Numbers.Setting(run.Value(axis.Parameter))}"));

    private IEnumerable<string[]> Curves()
    {
        var run = _curves.Row;
        yield return ["Phase", run.Phase];
        yield return [$"First step with {Terms.AccuracyRule(run, "training accuracy")}", Numbers.StepOrNever(run.TrainStep)];
        yield return [$"First step with {Terms.AccuracyRule(run, "validation accuracy")}", Numbers.StepOrNever(run.ValidationStep)];
        if (Delay.Of(run) is { } delay) yield return ["Delay", $"{Numbers.Counted(delay.Gap, "step")}, × {Numbers.Significant(Math.Round(delay.Ratio, 2))}"];
        yield return ["Training accuracy at the end", Numbers.Percent(run.Number("final_train_accuracy"))];
        yield return ["Validation accuracy at the end", Numbers.Percent(run.Number("final_validation_accuracy"))];
        yield return ["Steps", Numbers.Count(run.Steps)];
    }
}
