using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figures 1, 21 and 22: a transformer's embeddings on their principal axes during training, on the axes of its end, and how many components it needs.</summary>
internal sealed class Figure1 : PaperFigure
{
    /// <summary>Numbers of components whose accuracy is followed over the steps.</summary>
    private static readonly (int Components, string Kind)[] Followed = [(2, Marks.Ours), (4, Marks.Authors), (9, Marks.Theory)];

    private readonly RunRow _run;
    private readonly ComponentTables _components;
    private readonly IReadOnlyList<(long Step, TableRow Row)> _checkpoints;

    private Figure1(RunRow run, IReadOnlyList<RunRow> runs, ComponentTables components, IReadOnlyList<(long, TableRow)> checkpoints, IReadOnlyList<Series> accuracy, IReadOnlyList<Series> dimension, string command)
    {
        (_run, _components, _checkpoints, Runs) = (run, components, checkpoints, new RunGroup(runs));
        var (identity, provenance) = (Terms.Identity(run), new RunGroup([run]).Provenance(command));
        var steps = Chosen;
        IReadOnlyList<Panel> Planes(char letter, string axes, string what) =>
        [
            .. steps.Select(step => new Panel(letter, new SymbolPlaneFigure($"plane-{axes}-{step}", At(step), [(step, components.Plane(axes, step))], axes == "own" && step < steps[^1] ? 0 : components.Stride)
            {
                Identity = identity, Provenance = provenance, Axes = axes == "own" ? "principal" : "final", Words = $"The {components.Plane(axes, step).Count} symbols on {what}, {At(step)}.",
            }, SymbolPlaneFigure.Side, IsWide: false)),
        ];
        Rows =
        [
            Planes('a', "own", "the first two principal components of their embeddings"),
            Planes('b', "final", "the first two principal components that the embeddings have at the end of training"),
            [
                new Panel('c', new SeriesFigure("training", "Accuracy during training", accuracy)
                {
                    Identity = identity, Provenance = provenance, YTitle = "Accuracy", IsShare = true, Words = "Share of right answers for the pairs shown in training and those kept back.", Thresholds = [(run.AccuracyThreshold, Numbers.Percent(run.AccuracyThreshold))],
                }, 400, IsWide: false),
                new Panel('d', new SeriesFigure("dimension", "Effective dimension", dimension)
                {
                    Identity = identity, Provenance = provenance, YTitle = "exp(S)", Words = "exp(S), where S is the entropy of the explained variances of the embedding: how many dimensions the symbols use.",
                }, 400, IsWide: false),
                new Panel('e', new FrequencyFigure("frequencies", "Frequencies at the end", components.Frequencies) { Identity = identity, Provenance = provenance, Words = Carried }, 400, IsWide: false),
            ],
            .. components.Accuracies.Count == 0 ? [] : (IReadOnlyList<Panel>[])
            [[
                new Panel('f', new SeriesFigure("reduced", "Accuracy with n components", [.. new[] { ("own", Marks.Ours, "components of the step itself"), ("final", Marks.Authors, "components of the end") }.Select(one => new Series(
                    $"end of training, {one.Item3}", one.Item2, [.. components.Accuracies.Where(row => row.Axes == one.Item1 && row.Step == AfterValidation).Select(row => ((double)row.Components, row.Validation))]))])
                {
                    Identity = identity, Provenance = provenance, YTitle = "Validation accuracy", IsShare = true, IsLogarithmic = false, XTitle = "n, components that the embedding is reduced to",
                    Words = $"Validation accuracy of the model at step {Numbers.Count(AfterValidation)} when its embedding is reduced to its mean and n principal components.",
                }, 400, IsWide: false),
                new Panel('g', new SeriesFigure("reduced-steps", "Accuracy with the final components", [.. Followed.Select(one => new Series(
                    $"{one.Components} components", one.Kind, [.. components.Accuracies.Where(row => row.Axes == "final" && row.Components == one.Components).OrderBy(row => row.Step).Select(row => ((double)row.Step, row.Validation))])).Where(line => line.Points.Count > 0)])
                {
                    Identity = identity, Provenance = provenance, YTitle = "Validation accuracy", IsShare = true, Words = "Validation accuracy of each checkpoint when its embedding is reduced to the first components of the run's end (Figure 22).",
                }, 400, IsWide: false),
            ]],
        ];
    }

    public override string Id => "fig1";

    public override string Name => "Figures 1, 21 and 22";

    public override string Title => "Structure in the embeddings of a transformer";

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override string Lead
    {
        get
        {
            var generalised = _run.ValidationStep is { } step ? $"It generalises at step {Numbers.Count(step)}, {Numbers.Count(step - (_run.TrainStep ?? 0))} steps after it knows its examples." : "It does not generalise in this time.";
            var dimensions = _checkpoints.Count == 0 ? "" : $" The effective dimension of its embeddings goes from {Dimension(_checkpoints[0].Row)} to {Dimension(_checkpoints[^1].Row)}, with {Numbers.Fraction(_checkpoints.Max(one => one.Row.Number("effective_dimension")))} at its highest.";
            return $"{generalised}{dimensions} {Carried}";
        }
    }

    public override Html Introduction => Html.Of(
        $"""
        <p>A transformer learns {_run.Text("operation") ?? "an operation"} of {Numbers.Count(_components.Plane("own", _components.Steps[^1]).Count)} symbols. Each is a list of {Numbers.Count(_run.Dimension)} trained numbers, too many to look at; so one looks at the two directions along which the symbols differ most, the first two <em>principal components</em> (a). The paper's Figure 1 shows that they are a cloud as long as the network only knows its examples, and a circle once it generalises: the symbols have been laid out like the hours of a clock.</p>
        <p>The second row (b) shows the same symbols along the two directions that matter <em>at the end</em>. If an order can be seen there at the start, the network did not build its circle from nothing: it found one among its random beginnings and pruned away the rest (appendix K, a “lottery ticket”). How much it relies on few directions is told by reducing the embedding to n of them and asking again (f, g).</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Checkpoints", ["Step", "Training accuracy", "Validation accuracy", "Effective dimension", "Variance in the first two components"], _checkpoints.Select(one => (string[])
        [
            Numbers.Count(one.Step), Numbers.Percent(one.Row.Number("train_accuracy")), Numbers.Percent(one.Row.Number("validation_accuracy")), Dimension(one.Row),
            Numbers.Percent(one.Row.Number("explained_variance_1") + one.Row.Number("explained_variance_2")),
        ]), numeric: true)}{Tables.Of("Frequencies at the end", ["Frequency", "Share of the variance", "Share in the first two components"], _components.Frequencies.OrderByDescending(one => one.Share).Take(8).Select(one => (string[])
        [Numbers.Count(one.Frequency), Numbers.Percent(one.Share), Numbers.Percent(one.PlaneShare)]), numeric: true)}<p class="note">Accuracies are those of the exported models in ONNX Runtime. The paper's own run has p = 59: effective dimension about 52 at the start, 53 near generalisation (about step 4,000) and 33 to 36 at step 20,000.</p>

        """);

    private string Carried => $"At the end frequency {Numbers.Count(_components.Dominant.Frequency)} carries {Numbers.Percent(_components.Dominant.PlaneShare)} of the first two principal components and {Numbers.Percent(_components.Dominant.Share)} of the whole embedding.";

    private long AfterValidation => _components.At(_run.ValidationStep);

    /// <summary>The start, when the examples are known, when it generalises, the end.</summary>
    private long[] Chosen => [.. ((long[])[_components.Steps[0], _components.At(_run.TrainStep), AfterValidation, _components.Steps[^1]]).Distinct().Order()];

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        var run = runs[0];
        var components = ComponentTables.Read(input, engine, run, cancellation);
        var checkpoints = TableFile.Open(engine, input.AnalyzeFolder, "analysis", "analyze").Rows(
            ["step", "train_accuracy", "validation_accuracy", "effective_dimension", "explained_variance_1", "explained_variance_2"], [], $"WHERE run = {SqlText.Literal(run.Id)} ORDER BY step", cancellation);
        Series Line(string name, string kind, string metric, string split) => new(name, kind, RunCurves.Read(input, engine, metric, split, cancellation).GetValueOrDefault(run.Id, []));
        return new Figure1(
            run, runs, components, [.. checkpoints.Select(row => (row.WholeNumber("step"), row))], [Line("train", Marks.Ours, "accuracy", "train"), Line("validation", Marks.Authors, "accuracy", "validation")],
            [Line("effective dimension", Marks.Theory, "effective_dimension", "all")], input.Command);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, first steps (null: never), and accuracies at its end"),
        (links.Train("curves"), "loss, accuracy and effective dimension: run, step, split, metric, value"),
        (links.Analyze("components"), "embeddings along their own and the final principal axes: run, step, axes, symbol, component, value"),
        (links.Analyze("component_accuracy"), "accuracy of the model with n components: run, step, axes, components, train_accuracy, validation_accuracy"),
        (links.Analyze("frequencies"), "share of variance by frequency: run, step, frequency, share, plane_share"),
    ];

    private static string At(long step) => step == 0 ? "at the start" : $"step {Numbers.Count(step)}";

    private static string Dimension(TableRow row) => Numbers.Fraction(row.Number("effective_dimension") is { } value ? Math.Round(value, 1) : null);
}
