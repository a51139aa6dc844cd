using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 8: grokking on MNIST, the curves of a run and the phases over two settings.</summary>
internal sealed class Figure8 : PaperFigure
{
    private readonly RunRow _run;
    private readonly PhaseGrid? _grid;

    private Figure8(RunRow run, IReadOnlyList<RunRow> map, IReadOnlyList<RunRow> all, Func<string, string, IReadOnlyList<(double X, double Y)>> curve, string command)
    {
        (_run, Runs) = (run, new RunGroup(all));
        _grid = map.Count > 1 ? new PhaseGrid(map) : null;
        var (identity, provenance) = (Terms.Identity(run), new RunGroup([run]).Provenance(command));
        var panels = new List<Panel>
        {
            new('a', new SeriesFigure("training", "Accuracy during training", [new("train", Marks.Ours, curve("accuracy", "train")), new("validation", Marks.Authors, curve("accuracy", "validation"))])
            {
                Identity = identity, Provenance = provenance, YTitle = "Accuracy", IsShare = true, Words = "Share of right answers for the images shown in training and for those kept back.",
                Thresholds = [(run.AccuracyThreshold, $"training {Numbers.Percent(run.AccuracyThreshold)}"), (Threshold, $"validation {Numbers.Percent(Threshold)}")],
            }, 460, IsWide: false),
            new('b', new SeriesFigure("loss", "Loss during training", [new("train", Marks.Ours, Logarithms(curve("loss", "train"))), new("validation", Marks.Authors, Logarithms(curve("loss", "validation")))])
            {
                Identity = identity, Provenance = provenance, YTitle = "log10 of the loss", Words = "Logarithm of the loss, averaged over the images shown in training and over those kept back.",
            }, 460, IsWide: false),
        };
        Rows = [panels];
        if (_grid is null) return;
        var of = new RunGroup(map);
        var phases = new PhaseMapFigure(_grid) { Identity = of.Identity, Provenance = of.Provenance(command) };
        Panel Value(char letter, MapQuantity quantity)
        {
            var figure = new ValueMapFigure(_grid, quantity) { Identity = of.Identity, Provenance = of.Provenance(command) };
            return new Panel(letter, figure, figure.WidthAt(Side), IsWide: false);
        }

        Rows = [panels, [new Panel('c', phases, phases.WidthAt(Side), IsWide: false), Value('d', MapQuantity.ValidationSteps(_grid)), Value('e', MapQuantity.Gap(_grid))]];
    }

    /// <summary>Pixels of a map's longer side in the common picture.</summary>
    private const int Side = 330;

    public override string Id => "fig8";

    public override string Title => "Digits grok, too";

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override string Lead =>
        $"The run with curves knows {Numbers.Percent(_run.AccuracyThreshold)} of its {Numbers.Count(_run.WholeNumber("train_images"))} training images at step {Numbers.StepOrNever(_run.TrainStep)}, and recognises {Numbers.Percent(Threshold)} of the others at step {Numbers.StepOrNever(_run.ValidationStep)}{(_run.Integer("delay_steps") is { } delay ? $", {Numbers.Count(delay)} steps later" : "")}; it ends at {Numbers.Percent(_run.Number("final_validation_accuracy"))}.{(_grid is null ? "" : $" Over {_grid.Parameters}: {PhaseNumbers.Counts(_grid)}.")}";

    public override Html Introduction => Html.Of(
        $"""
        <p>Grokking is no peculiarity of arithmetic. A network that is to recognise handwritten digits generalises at once as a rule. But when its initial weights are all too large, nine times here, it first learns its {Numbers.Count(_run.WholeNumber("train_images"))} images by heart, and the weight decay has to bring the weights down before it recognises digits that it was never shown (a, b). With other learning rates of the last layer, the decoder, and other decays the paper finds the four phases of the toy model (c): comprehension, grokking, memorization and confusion.</p>

        """);

    public override Html Evidence => _grid is null ? default : Html.Of($"{PhaseNumbers.Phases(_grid)}{PhaseNumbers.Delays(_grid)}{PhaseNumbers.Sweep(_grid, new RunGroup(_grid.Runs))}");

    private double Threshold => _run.Number("validation_threshold") ?? _run.AccuracyThreshold;

    /// <summary>Reads the tables behind the figure: the run with most recorded steps, and the others as a map.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        var counts = TableFile.Open(engine, input.TrainFolder, "curves", "train").Compute(["run", "step"], "run, count(DISTINCT step) AS steps", "GROUP BY run", cancellation)
            .ToDictionary(row => row.Words("run"), row => row.WholeNumber("steps"));
        var run = runs.MaxBy(one => counts.GetValueOrDefault(one.Id)) ?? throw new GoldilocksException("runs.parquet: holds no run.");
        return new Figure8(
            run, [.. runs.Where(one => one != run)], runs, (metric, split) => MetricCurves.Read(input, engine, metric, split, cancellation).GetValueOrDefault(run.Id, []), input.Command);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, first steps (null: never), phase, and accuracies at its end"),
        (links.Train("curves"), "loss and accuracy: run, step, split, metric, value"),
    ];

    private static IReadOnlyList<(double X, double Y)> Logarithms(IReadOnlyList<(double X, double Y)> points) => [.. points.Where(point => point.Y > 0).Select(point => (point.X, Math.Log10(point.Y)))];
}
