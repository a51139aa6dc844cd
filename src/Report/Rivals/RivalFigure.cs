using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The accounts of grokking on the same runs: who moves first, who tells when and whether a run generalises, and how each measure goes.</summary>
internal sealed class RivalFigure : PaperFigure
{
    /// <summary>Charts of courses side by side in the common picture.</summary>
    private const int Across = 4;

    private static readonly RivalMeasure Accuracy = new("", "accuracy", "accuracy", "fraction", "share of right answers");

    private readonly RivalData _data;
    private readonly IReadOnlyList<DecayRuns> _decays;
    private readonly DecayRuns _shown;

    private RivalFigure(RivalData data, string command)
    {
        (_data, Runs) = (data, new RunGroup([.. data.Runs.Select(run => run.Row)]));
        _decays = DecayRuns.Of(data.Runs);
        _shown = DecayRuns.Choose(_decays);
        var (leads, correlations, forecasts) = (LeadFigure.Rows(data), CorrelationFigure.Rows(data), ForecastFigure.Rows(data));
        var (identity, provenance) = (Runs.Identity, Runs.Provenance(command));
        IReadOnlyList<Panel> rankings =
        [
            .. leads.Count > 0 ? [new Panel('a', new LeadFigure(leads) { Identity = identity, Provenance = provenance }, 330)] : (Panel[])[],
            .. correlations.Count > 0 ? [new Panel('b', new CorrelationFigure(correlations) { Identity = identity, Provenance = provenance }, 330)] : (Panel[])[],
            .. forecasts.Count > 0 ? [new Panel('c', new ForecastFigure(forecasts) { Identity = identity, Provenance = provenance }, 330)] : (Panel[])[],
        ];
        var same = new RunGroup([.. _shown.Runs.Select(run => run.Row)]);
        Panel Course(RivalMeasure measure, bool isNamed, params (string, string)[] series) =>
            new('d', new TrajectoryFigure(measure, _shown, series, isNamed) { Identity = same.Identity, Provenance = same.Provenance(command) }, 330, IsWide: false);
        IReadOnlyList<Panel> courses =
        [
            Course(Accuracy, true, ("train_accuracy", "train"), ("validation_accuracy", "validation")),
            .. Drawn(_shown).Select(measure => Course(measure, false, (measure.Column, Marks.Theory))),
        ];
        Rows = [.. rankings.Count > 0 ? [rankings] : (IReadOnlyList<Panel>[])[], .. courses.Chunk(Across)];
    }

    public override string Id => "rivals";

    public override string Name => "Rival accounts";

    public override string Origin => Name;

    public override string Title => "The accounts of grokking on the same runs";

    public override string Lead => RivalFindings.Lead(_data, _shown);

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Why does a network generalise long after it has memorised? There are a dozen accounts, and each has measures that are said to move before the validation accuracy does: the order of the representation, the sparsity of its Fourier components, the norm of the weights, the size of the sub-network that answers, and others. Papers show each on runs of their own. Here all are measured on the same checkpoints of the same {Numbers.Counted(Runs.Runs.Count, "run")}, and asked three questions: does it move before the validation accuracy (a); does its value at memorisation tell when the run will generalise (b); and whether it will (c)? (d) shows how the measures go.</p>
        <p>Memorisation and generalisation are the first steps with {Terms.Share(Runs.Runs[0])} of the training samples, and {Terms.UnseenShare(Runs.Runs[0])} of the others, answered correctly. {RivalFindings.Course(_data, _shown, _decays)}</p>
        {(RivalFindings.Absent(_data) is { Length: > 0 } absent ? Html.Of($"<p class=\"note\">{absent}</p>\n") : default)}
        """);

    public override Html Evidence => Html.Of(
        $"""
        {RivalFindings.Paragraphs(_data, _decays)}{RivalNumbers.Decays(_decays)}{RivalNumbers.Accounts(_data.Rows)}{RivalNumbers.Measures(_data.Rows)}{RivalNumbers.Phases(PhaseSteps.Of(_data.Runs), Runs)}
        """);

    /// <summary>Reads the tables behind the page.</summary>
    /// <exception cref="GoldilocksException">A table is missing or of another schema, or the runs are of several recipes.</exception>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation) => new RivalFigure(RivalData.Read(input, engine, runs, cancellation), input.Command);

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, and the steps at which it reached the thresholds (null: never)"),
        (links.Analyze("analysis"), "one row per checkpoint: every measure, from the exported model"),
        (links.Analyze("signatures"), "one row per run: what is measured of a run as a whole"),
        (links.Analyze("rivals"), "one row per measure: lead, correlation and AUC over the runs, with their intervals"),
    ];

    /// <summary>The measures whose course is drawn: those that are meant for it and move; of an account that would be without, the first that moves.</summary>
    private static IEnumerable<RivalMeasure> Drawn(DecayRuns group)
    {
        bool Moves(RivalMeasure measure) => group.Runs.Any(run => run.CurveOf(measure.Column).Values is { Count: > 1 } values && values.Any(value => value != values[0]));
        return RivalCatalog.All.GroupBy(measure => measure.Account).SelectMany(account => account.Any(measure => measure.IsDrawn && Moves(measure))
            ? account.Where(measure => measure.IsDrawn && Moves(measure))
            : account.Where(Moves).Take(1));
    }
}
