using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figures 1, 21 and 22: principal components of an embedding while its network learns modular addition, and what its network answers with a few of them.</summary>
internal sealed class Figure1 : PaperFigure
{
    private readonly Representation _shown;
    private readonly RunCurves _curves;
    private readonly IReadOnlyList<ReducedAccuracy> _accuracies;
    private readonly IReadOnlyList<Moment> _moments;

    private Figure1(RunGroup runs, string command, Representation shown, RunCurves curves, IReadOnlyList<ReducedAccuracy> accuracies)
    {
        (Runs, _shown, _curves, _accuracies) = (runs, shown, curves, accuracies);
        _moments = Moment.Choose(shown.Run, shown.Own.Steps, shown.Analysis);
        var one = new RunGroup([shown.Run]);
        var (identity, provenance) = (one.Identity, one.Provenance(command));
        Panel Plane(char letter, Moment moment, int number, bool isFinal) => new(
            letter,
            new ComponentPlaneFigure(
                $"{(isFinal ? "final" : "own")}-{number + 1}", isFinal ? $"{moment.Name}, final axes" : moment.Name,
                isFinal ? "the first two principal components of the last checkpoint" : "their first two principal components", isFinal ? shown.Final : shown.Own, shown.Circle, [moment])
            { Identity = identity, Provenance = provenance },
            300, IsWide: false);
        IEnumerable<Panel> Reduced(Func<bool, Figure> make) => ((bool[])[false, true]).Select(isFinal => new Panel('c', make(isFinal), 300, IsWide: false));
        IReadOnlyList<Panel>[] rows =
        [
            [.. _moments.Select((moment, i) => Plane('a', moment, i, isFinal: false))],
            [.. _moments.Select((moment, i) => Plane('b', moment, i, isFinal: true))],
            accuracies.Count == 0 ? [] :
            [
                .. Reduced(isFinal => new ReducedByCountFigure(isFinal, accuracies, _moments) { Identity = identity, Provenance = provenance }),
                .. Reduced(isFinal => new ReducedByStepFigure(shown.Run, isFinal, accuracies, shown.Analysis) { Identity = identity, Provenance = provenance }),
            ],
            [
                new Panel('d', new AccuraciesFigure("accuracy", "Accuracy during training", [curves], new StepAxis(shown.Run)) { Identity = identity, Provenance = provenance }, 432),
                new Panel('d', new EffectiveDimensionFigure(shown.Run, curves.EffectiveDimension, "during training") { Identity = identity, Provenance = provenance }, 432),
                new Panel('e', new FrequencyFigure(shown.Spectrum) { Identity = identity, Provenance = provenance }, 432),
            ],
        ];
        Rows = [.. rows.Where(row => row.Count > 0)];
    }

    public override string Id => "fig1";

    public override string Name => "Figures 1, 21 and 22";

    public override string Title => "The first principal components, and what was there from the start";

    public override string Lead
    {
        get
        {
            var run = _shown.Run;
            var learned = run.ValidationStep is { } validation
                ? $"The network generalised at step {Numbers.Count(validation)}, {(run.TrainStep is { } train ? $"{Numbers.Counted(validation - train, "step")} after it had learned its training pairs" : "without ever answering as many of its training pairs")}."
                : $"In {Numbers.Counted(run.Steps, "step")} the network did not generalise{(run.TrainStep is { } memorised ? $", though it had learned its training pairs by step {Numbers.Count(memorised)}" : "")}.";
            var dimension = _curves.EffectiveDimension.Values;
            var shrunk = dimension.Count > 0 ? $" Its embedding's effective dimension went from {Numbers.Significant(Math.Round(dimension[0], 1))} to {Numbers.Significant(Math.Round(dimension[^1], 1))}." : "";
            var spectrum = _shown.Spectrum;
            return $"{learned}{shrunk} At the end frequency {spectrum.Leading} carries {Numbers.Percent(spectrum.Shares[spectrum.Leading - 1])} of the variance, the most of all; in the first two components {(spectrum.PlaneLeading == spectrum.Leading ? "it" : $"frequency {spectrum.PlaneLeading}")} carries {Numbers.Percent(spectrum.PlaneShares[spectrum.PlaneLeading - 1])}. On the final axes {Numbers.Percent(Share(_shown.Final, 0))} of the first checkpoint's variance is in that frequency, where an embedding without order has {Numbers.Percent(_shown.Circle.Chance)} on average.";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>The network learns to add modulo {_shown.Circle.Symbols}. It is not told that its symbols are numbers: each is a list of {_shown.Run.Dimension} adjustable values, its <em>embedding</em>. Principal components turn these lists so that as much as possible of their variance lies on the first axes, and the first two can be drawn. The paper's Figure 1 says that the network generalises when these two show structure: the symbols lie on a circle, in an order in which each is the one before it plus a constant (a).</p>
        <p>Figure 21 looks at the beginning through the axes of the end (b). The paper's appendix K finds that the circle is already there, only rough, and likens it to a winning <em>lottery ticket</em>: training keeps a representation that was drawn by chance and removes the rest. Figure 22 asks how many components the network needs for its answers (c): the embedding is cut down to its first components, on its own axes or on the final ones, and the decoder of the same step answers.</p>
        <p>All panels of (a) and (b) have the same colours and threads, those of the circle at the end. Where neighbours have like colours, the order is there. Axes that were chosen with knowledge of the end show some of its order at the start wherever training has kept some of it; the numbers say how much.</p>

        """);

    public override Html Evidence
    {
        get
        {
            var counts = ReducedByStepFigure.Counts(_accuracies);
            string Reduced(Moment moment, int count) => Numbers.Percent(_accuracies.FirstOrDefault(one => one.IsFinal && one.Step == moment.Step && one.Components == count)?.Validation);
            return Html.Of(
                $"""
                {Tables.Of("The checkpoints shown", ["Step", "Train", "Validation", "Effective dimension", $"In frequency {_shown.Circle.Frequency}, own axes", "Final axes", .. counts.Select(count => $"Validation with {count} final")], _moments.Select(moment => (string[])
                [
                    Numbers.Count(moment.Step), Numbers.Percent(moment.Analysis?.TrainAccuracy), Numbers.Percent(moment.Analysis?.ValidationAccuracy), Numbers.Fraction(moment.Analysis?.EffectiveDimension),
                    Numbers.Percent(Share(_shown.Own, moment.Index)), Numbers.Percent(Share(_shown.Final, moment.Index)), .. counts.Select(count => Reduced(moment, count)),
                ]), numeric: true)}<p class="note">Accuracies by ONNX Runtime. Shares are of the variance in the first two components; without order they are {Numbers.Percent(_shown.Circle.Chance)} on average. {(counts.Length > 0 ? "The last columns are validation accuracies with the embedding reduced to so many final components. " : "")}Frequencies with a tenth or more of the variance at the end: {Spectrum.Notables(_shown.Spectrum.Shares)}; in the first two components: {Spectrum.Notables(_shown.Spectrum.PlaneShares)}.</p>
                {Tables.Of("All runs", ["Run", "Seed", "Train step", "Validation step", "Steps", "Shown"], Runs.Runs.Select(run => (string[])
                [
                    run.ShortId, Numbers.Count(run.Seed), Numbers.StepOrNever(run.TrainStep), Numbers.StepOrNever(run.ValidationStep), Numbers.Count(run.Steps), run == _shown.Run ? "yes" : "",
                ]), numeric: true)}
                """);
        }
    }

    /// <summary>Reads the tables behind the figure; the run with the lowest seed is shown.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation) => new Figure1(
        new RunGroup(runs), input.Command, Representation.Read(input, engine, runs[0], cancellation),
        ReportData.ReadCurves(TableFile.Open(engine, input.TrainFolder, "curves", "train"), runs[0], cancellation), Representation.ReadAccuracies(input, engine, runs[0], cancellation));

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, and the first steps above the accuracy threshold (null: never)"),
        (links.Train("curves"), "accuracies and effective dimension: run, step, split, metric, value"),
        (links.Analyze("analysis"), "one row per checkpoint: accuracies by ONNX Runtime, effective dimension"),
        (links.Analyze("components"), "coordinates along principal axes: run, step, axes (own or final), symbol, component, value"),
        (links.Analyze("component_accuracy"), "accuracies with the embedding reduced to its first components"),
        (links.Analyze("frequencies"), "share of the variance in each frequency, of the whole embedding and of its first two components"),
    ];

    private double Share(EmbeddingHistory history, int index) => _shown.Circle.Share(history, index);
}
