using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The authors' post on grokking: the minimal model, with little and with much weight decay.</summary>
internal sealed class BlogFigure : PaperFigure
{
    private readonly (string Name, RunRow[] Runs, long PublishedTrain, long PublishedValidation)[] _kinds;
    private readonly ComponentTables _components;
    private readonly RunRow _shown;

    private BlogFigure(IReadOnlyList<RunRow> runs, ComponentTables components, IReadOnlyDictionary<string, IReadOnlyList<(double X, double Y)>> train, IReadOnlyDictionary<string, IReadOnlyList<(double X, double Y)>> validation, string command)
    {
        Runs = new RunGroup(runs);
        var decays = runs.Select(run => run.RealNumber("decoder_weight_decay")).ToArray();
        RunRow[] With(double decay) => [.. runs.Where(run => run.RealNumber("decoder_weight_decay") == decay).OrderBy(run => run.Seed)];
        _kinds = decays.Min() == decays.Max() ? [("grokking", With(decays.Min()), 15, 3600)] : [("grokking", With(decays.Min()), 15, 3600), ("comprehension", With(decays.Max()), 45, 90)];
        (_components, _shown) = (components, _kinds[0].Runs[0]);
        var (identity, provenance) = (Terms.Identity(_shown), new RunGroup([_shown]).Provenance(command));
        Panel Curves(char letter, (string Name, RunRow[] Runs, long, long) kind) => new(letter, new SeriesFigure(kind.Name, $"{Terms.Capital(kind.Name)}: weight decay {Numbers.Parameter(kind.Runs[0].RealNumber("decoder_weight_decay"))}",
            [.. kind.Runs.SelectMany((run, i) => (Series[])[new("train", Marks.Ours, train.GetValueOrDefault(run.Id, []), i > 0), new("validation", Marks.Authors, validation.GetValueOrDefault(run.Id, []), i > 0)])])
        {
            Identity = new RunGroup(kind.Runs).Identity, Provenance = new RunGroup(kind.Runs).Provenance(command), YTitle = "Accuracy", IsShare = true,
            Thresholds = [(_shown.AccuracyThreshold, Numbers.Percent(_shown.AccuracyThreshold))],
            Words = $"Share of right answers for the pairs shown in training and those kept back; thick: seed {Numbers.Count(kind.Runs[0].Seed)}, thin: {Numbers.Counted(kind.Runs.Length - 1, "other seed")}.",
        }, 460, IsWide: false);
        Rows =
        [
            [.. _kinds.Select((kind, i) => Curves((char)('a' + i), kind))],
            [
                new Panel('c', new SymbolPlaneFigure("animation", "The embedding on its final axes", [.. components.Steps.Select(step => (step, components.Plane("final", step)))], components.Stride)
                {
                    Identity = identity, Provenance = provenance, Axes = "final", Words = $"The {components.Plane("final", components.Steps[^1]).Count} symbols of the grokking run of seed {Numbers.Count(_shown.Seed)} on the first two principal components of its end.",
                }, 460, IsWide: false),
                new Panel('d', new FrequencyFigure("frequencies", "Which frequencies carry the circle", components.Frequencies) { Identity = identity, Provenance = provenance, Words = Carried }, 460, IsWide: false),
            ],
        ];
    }

    public override string Id => "blog";

    public override string Name => "The minimal model";

    public override string Origin => "The authors' post on grokking";

    public override string Title => "Grokking in its simplest form, and how weight decay undoes it";

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override string Lead => string.Join(' ', _kinds.Select(kind =>
        $"With weight decay {Numbers.Parameter(kind.Runs[0].RealNumber("decoder_weight_decay"))} validation accuracy passes {Numbers.Percent(_shown.AccuracyThreshold)} at step {Median(kind.Runs, run => run.ValidationStep)} (median of {Numbers.Counted(kind.Runs.Length, "seed")}), training accuracy at step {Median(kind.Runs, run => run.TrainStep)}."));

    public override Html Introduction => Html.Of(
        $"""
        <p>Two embeddings side by side, one hidden layer, modular addition: this is about the smallest network that groks. The post shows one run with little weight decay, which knows its examples almost at once and the others only thousands of steps later, and one with much, which learns both together.</p>
        <p>It also shows the embeddings moving, on axes that are fixed to the two principal components of the end (c), and remarks that the circle need not be perfect there: it can be “spread out” over many components at different frequencies, and in the first two there may be, for instance, two circles on top of each other. Which frequencies carry it here is told by (d). {Carried}</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Steps to the threshold", ["Run", "Seeds", "Training: median", "Least to most", "Published", "Validation: median", "Least to most", "Published"], _kinds.Select(kind => (string[])
        [
            kind.Name, Numbers.Count(kind.Runs.Length), Median(kind.Runs, run => run.TrainStep), Spread(kind.Runs, run => run.TrainStep), $"about {Numbers.Count(kind.PublishedTrain)} (100 %)",
            Median(kind.Runs, run => run.ValidationStep), Spread(kind.Runs, run => run.ValidationStep), $"about {Numbers.Count(kind.PublishedValidation)}",
        ]))}{Tables.Of("All runs", ["Run", "Kind", "Seed", "Training step", "Validation step", "Validation accuracy at the end"], _kinds.SelectMany(kind => kind.Runs.Select(run => (string[])
        [run.ShortId, kind.Name, Numbers.Count(run.Seed), Numbers.StepOrNever(run.TrainStep), Numbers.StepOrNever(run.ValidationStep), Numbers.Percent(run.Number("final_validation_accuracy"))])), numeric: true)}<p class="note">The published figures are those of one seed, read off the post's pictures.</p>

        """);

    private string Carried
    {
        get
        {
            var strong = _components.Frequencies.OrderByDescending(one => one.Share).TakeWhile(one => one.Share >= 0.05).ToArray();
            return $"At the end of the run shown {(strong.Length == 0 ? "no frequency carries 5 % of the embedding's variance" : $"{Numbers.Of(strong.Length, _components.Frequencies.Count)} frequencies carry at least 5 % of the embedding's variance each ({string.Join(", ", strong.Select(one => $"{Numbers.Count(one.Frequency)}: {Numbers.Percent(one.Share)}"))})")}; in the first two components frequency {Numbers.Count(_components.Dominant.Frequency)} has {Numbers.Percent(_components.Dominant.PlaneShare)}.";
        }
    }

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        var shown = runs.OrderBy(run => run.RealNumber("decoder_weight_decay")).ThenBy(run => run.Seed).First();
        return new BlogFigure(
            runs, ComponentTables.Read(input, engine, shown, cancellation), RunCurves.Read(input, engine, "accuracy", "train", cancellation), RunCurves.Read(input, engine, "accuracy", "validation", cancellation), input.Command);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, first steps (null: never), and accuracies at its end"),
        (links.Train("curves"), "loss, accuracy and effective dimension: run, step, split, metric, value"),
        (links.Analyze("components"), "embeddings along their own and the final principal axes: run, step, axes, symbol, component, value"),
        (links.Analyze("frequencies"), "share of variance by frequency: run, step, frequency, share, plane_share"),
    ];

    private static string Median(RunRow[] runs, Func<RunRow, long?> step) =>
        Statistics.Median(runs.Select(run => step(run) is { } value ? value : double.PositiveInfinity)) is var median && double.IsFinite(median) ? Numbers.Steps(median) : "never";

    private static string Spread(RunRow[] runs, Func<RunRow, long?> step) =>
        $"{Numbers.StepOrNever(runs.Min(step))} to {(runs.All(run => step(run) is not null) ? Numbers.StepOrNever(runs.Max(step)) : "never")}";
}
