using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The authors' post on grokking: its minimal model with little and with much weight decay, and how the embedding changes.</summary>
internal sealed class BlogFigure : PaperFigure
{
    private readonly DecayGroup[] _groups;
    private readonly Representation[] _shown;

    private BlogFigure(RunGroup runs, string command, DecayGroup[] groups, Representation[] shown)
    {
        (Runs, _groups, _shown) = (runs, groups, shown);
        string[] names = ["grokking", "comprehension"];
        var one = new RunGroup([shown[0].Run]);
        var (identity, provenance) = (one.Identity, one.Provenance(command));
        Panel Curves(DecayGroup group, int number)
        {
            var same = new RunGroup([.. group.Runs.Select(run => run.Row)]);
            return new Panel(
                (char)('a' + number),
                new AccuraciesFigure(names[number], $"Weight decay {Numbers.Parameter(group.WeightDecay)}", group.Runs, new StepAxis(group.First.Steps, logarithmic: true)) { Identity = same.Identity, Provenance = same.Provenance(command) },
                460);
        }

        Rows =
        [
            [.. groups.Select(Curves)],
            [
                new Panel(
                    'c',
                    new ComponentPlaneFigure("animation", "The embedding on its final axes", "the first two principal components of the last checkpoint", shown[0].Final, shown[0].Circle, Moment.All(shown[0].Final.Steps, shown[0].Analysis))
                    { Identity = identity, Provenance = provenance },
                    ComponentPlaneFigure.Side),
                new Panel('d', new FrequencyFigure(shown[0].Spectrum) { Identity = identity, Provenance = provenance }, 520),
            ],
        ];
    }

    public override string Id => "blog";

    public override string Name => "The authors' post";

    public override string Origin => "The authors' post on grokking";

    public override string Title => "Grokking in its simplest form, and how weight decay undoes it";

    public override string Lead
    {
        get
        {
            var decays = _groups.Select(group =>
                $"with weight decay {Numbers.Parameter(group.WeightDecay)} the median network has learned its training pairs at step {DecayGroup.Word(group.TrainStep)} and generalises at step {DecayGroup.Word(group.ValidationStep)} ({Numbers.Counted(group.Runs.Count, "seed")}{(group.Published is { } post ? $"; in the post about {Numbers.Count(post.Validation)}" : "")})");
            var spectrum = _shown[0].Spectrum;
            return $"{Terms.Capital(string.Join(", ", decays))}. With weight decay {Numbers.Parameter(_groups[0].WeightDecay)} and seed {Numbers.Count(_groups[0].First.Seed)}, frequency {spectrum.PlaneLeading} carries {Numbers.Percent(spectrum.PlaneShares[spectrum.PlaneLeading - 1])} of the first two components' variance, and {Numbers.Percent(spectrum.Shares[spectrum.PlaneLeading - 1])} of all.";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Two authors of the paper also gave a model so small that it fits on a page: two symbols, each a list of {_shown[0].Run.Dimension} adjustable values, go side by side through one hidden layer, which answers their sum modulo {_shown[0].Circle.Symbols}. Their post shows one run that learns its training pairs at once and the others much later (a), and one with more weight decay, in which both come together (b). Weight decay pulls all parameters towards zero, so that what is not needed disappears.</p>
        <p>The slider in (c) goes through the checkpoints of the first run of (a). Its axes are the first two principal components at the end and stay where they are, as in the post's animation; what is seen at the start is the initial embedding through the axes of the end. Like colours are neighbours on the circle that these two components show most of at the end.</p>
        <p>The post remarks that such a circle need not be ordered in the first two components: it can be spread over several, at different frequencies; the first two may show, for instance, two circles on top of each other, which only later components tell apart. A circle of frequency k puts symbol x at k x/p of a turn. {Where()}</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("First steps above the threshold, and the published single seed", ["Weight decay", "Runs", "Train: median (range)", "Post: train", "Validation: median (range)", "Post: validation"], _groups.Select(group => (string[])
        [
            Numbers.Parameter(group.WeightDecay), Numbers.Count(group.Runs.Count), group.Spread(run => run.TrainStep), Post(group.Published?.Train), group.Spread(run => run.ValidationStep), Post(group.Published?.Validation),
        ]), numeric: true)}<p class="note">A threshold is {Runs.Range(run => run.AccuracyThreshold, Numbers.Percent)} of the pairs. The post's steps are read off its curves: when the training curve is at 100 %, and when the validation curve crosses 90 %. A run that never got there counts as later than any other.</p>
        {Tables.Of("All runs", ["Run", "Weight decay", "Seed", "Train step", "Validation step", "Steps between"], _groups.SelectMany(group => group.Runs.Select(run => (string[])
        [
            run.Row.ShortId, Numbers.Parameter(group.WeightDecay), Numbers.Count(run.Row.Seed), Numbers.StepOrNever(run.Row.TrainStep), Numbers.StepOrNever(run.Row.ValidationStep),
            run.Row.ValidationStep - run.Row.TrainStep is { } delay ? Numbers.Count(delay) : Numbers.None,
        ])), numeric: true)}{Tables.Of("Frequencies with a tenth or more of the variance at the end", ["Weight decay", "Seed", "All components", "First two components", "Of these the first, at the start"], _shown.Select(run => (string[])
        [
            Numbers.Parameter(Decay(run.Run)), Numbers.Count(run.Run.Seed), Spectrum.Notables(run.Spectrum.Shares), Spectrum.Notables(run.Spectrum.PlaneShares), Numbers.Percent(run.Circle.Share(run.Final, 0)),
        ]))}<p class="note">The last column is the share that the leading frequency of the first two components has on the same axes at the first checkpoint. An embedding without order has {Numbers.Percent(_shown[0].Circle.Chance)} on average.</p>

        """);

    /// <summary>Reads the tables behind the figure: the runs with the least weight decay, and those with the most.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        var curves = TableFile.Open(engine, input.TrainFolder, "curves", "train");
        double[] decays = [.. runs.Select(Decay)];
        DecayGroup[] groups = [.. ((double[])[decays.Min(), decays.Max()]).Distinct()
            .Select(decay => new DecayGroup(decay, [.. runs.Where(run => Decay(run) == decay).Select(run => ReportData.ReadCurves(curves, run, cancellation))]))];
        return new BlogFigure(
            new RunGroup([.. groups.SelectMany(group => group.Runs.Select(run => run.Row))]), input.Command, groups, [.. groups.Select(group => Representation.Read(input, engine, group.First, cancellation))]);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, and the first steps above the accuracy threshold (null: never)"),
        (links.Train("curves"), "accuracies: run, step, split, metric, value"),
        (links.Analyze("analysis"), "one row per checkpoint: accuracies by ONNX Runtime, effective dimension"),
        (links.Analyze("components"), "coordinates along principal axes: run, step, axes (own or final), symbol, component, value"),
        (links.Analyze("frequencies"), "share of the variance in each frequency, of the whole embedding and of its first two components"),
    ];

    private static double Decay(RunRow run) => run.RealNumber("decoder_weight_decay");

    private static string Post(long? step) => step is { } value ? $"about {Numbers.Count(value)}" : Numbers.None;

    private string Where()
    {
        var spectrum = _shown[0].Spectrum;
        return $"Here the frequencies with a tenth or more of the variance are {Spectrum.Notables(spectrum.Shares)} in all components, and {Spectrum.Notables(spectrum.PlaneShares)} in the first two.";
    }
}
