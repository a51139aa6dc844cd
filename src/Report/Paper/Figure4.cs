using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 4: the critical training set, and the formation of the line, in theory and in networks.</summary>
internal sealed class Figure4 : PaperFigure
{
    private readonly IReadOnlyList<CriticalPoint> _points;
    private readonly IReadOnlyList<SizeGroup> _groups;
    private readonly IReadOnlyList<StoredRun> _stored;
    private readonly IReadOnlyList<Trajectory> _trajectories;
    private readonly double? _critical;
    private readonly double? _transition;

    private Figure4(
        RunGroup runs, string command, IReadOnlyList<CriticalPoint> points, IReadOnlyList<StoredRun> stored, IReadOnlyList<Trajectory> trajectories, RunDetail recorded)
    {
        Runs = runs;
        (_points, _stored, _trajectories) = (points, stored, trajectories);
        _groups = SizeGroup.Of(runs.Runs);
        _critical = CriticalPoint.HalfCrossing(points);
        _transition = SizeGroup.Transition(_groups);
        var (identity, provenance) = (runs.Identity, runs.Provenance(command));
        var one = new RunGroup([recorded.Row]);
        Rows =
        [
            [
                new Panel('a', new CriticalFigure(points, _critical) { Identity = identity, Provenance = provenance }, 420),
                new Panel('b', new StepsFigure(_groups, stored, _critical) { Identity = identity, Provenance = provenance }, 420),
            ],
            [
                .. trajectories.Select(trajectory => new Panel('c', new TheoryFigure(trajectory) { Identity = $"{trajectory.Convention} convention", Provenance = provenance }, 250, IsWide: false)),
                new Panel('d', new EmbeddingFigure(recorded)
                {
                    Identity = $"{one.Identity}, {Numbers.Counted(recorded.Row.TrainSamples, "training pair")}",
                    Provenance = $"{Numbers.Counted(recorded.Row.TrainSamples, "training pair")}. {one.Provenance(command)}",
                }, 250),
            ],
        ];
    }

    public override string Id => "fig4";

    public override string Title => "The critical training set, and how the line forms";

    public override string Lead
    {
        get
        {
            var theory = _critical is { } critical
                ? $"In theory, half of all random training sets determine the line from a fraction of {Numbers.Fraction(critical)} of all pairs on."
                : "In theory, the probability that a training set determines the line passes one half at no size in the table.";
            var reached = Numbers.Of(_groups.Sum(group => group.Reached), Runs.Runs.Count);
            return _transition is { } transition
                ? $"{theory} Of the networks trained here, more than half formed it at every size from {Numbers.Fraction(transition)} on ({reached} runs in all)."
                : $"{theory} Of the networks trained here, {reached} formed it, at no range of sizes more than half.";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>A network that learns to add needs its symbols on a line, at equal distances. Every two pairs with the same sum in its training set say something about that line: if 2 + 5 and 3 + 4 are both known to be 7, then E<sub>2</sub> + E<sub>5</sub> = E<sub>3</sub> + E<sub>4</sub>. With too few pairs these equations leave more freedom than a line has. The paper's Figure 4 says that there is a <em>critical</em> size of the training set, about 0.4 of all pairs for ten symbols: below it a random training set seldom determines the line (a), and networks do not find it (b). Above it they do, and the way there resembles a simple theory in which the equations alone pull the symbols, like springs (c, d).</p>
        <p>The paper's text and its authors' code differ in how they count in (c): the paper averages over the equations of the training set, the code sums over all possible ones. Both are drawn, each on its own step axis. 3 n<sub>h</sub> is the number of steps after which the slowest deviation from a line has shrunk to 5 %.</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Training sets and runs by size", ["Training pairs", "Fraction", "Probability of a unique line", "95 % interval", "Authors' count", "Runs", "RQI > 0.95", "Median step", "Authors' steps"], Sizes(), numeric: true)}<p class="note">The median counts a run that never got there as later than any other; it is "never" where that is the middle one.</p>
        {Tables.Of("Conserved quantities of the effective theory", ["Convention", "Steps", "ℓ₀ at the start", "ℓ₀ at the end", "Z₀ at the start", "Z₀ at the end", "Drift of Z₀", "Largest |C|", "nₕ (steps)", "3 nₕ (steps)"], _trajectories.Select(Drift), numeric: true)}<p class="note">In the paper's theory Z₀, the squared length of the embedding, does not change, nor does its centre C while it is 0. The authors' code keeps the first value of Z₀ in its formula, so there the true length drifts.</p>

        """);

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation)
    {
        var runs = PaperRuns.Addition(all);
        var theory = new TheoryTables(engine, input.TheoryFolder, cancellation);
        var symbols = runs.Runs[0].WholeNumber("p");
        return new Figure4(
            runs, input.Command, theory.Critical(symbols), theory.Stored(symbols), [theory.Trajectory("paper"), theory.Trajectory("reference")], PaperRuns.Recorded(input, engine, runs, cancellation));
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, and the first step with RQI > 0.95 (null: never)"),
        (links.Train("embeddings"), "the embeddings as trained, not normalised: run, step, symbol, dimension, value"),
        (links.Theory("critical"), "how often a random training set of each size determines the line, with intervals and the authors' counts"),
        (links.Theory("trajectories"), "the effective theory's embeddings: convention, step, symbol, value"),
        (links.Theory("invariants"), "its loss and conserved quantities at each step, and n_h"),
        (links.Theory("stored_runs"), "what the authors' code gave, run by run"),
    ];

    private IEnumerable<string[]> Sizes()
    {
        foreach (var samples in _points.Select(point => point.Samples).Concat(_groups.Select(group => group.Samples)).Distinct().Order())
        {
            var point = _points.FirstOrDefault(point => point.Samples == samples);
            var group = _groups.FirstOrDefault(group => group.Samples == samples);
            if (group is null && point is { Probability: 0 or 1 }) continue;
            var authors = _stored.Where(run => run.TrainSamples == samples).Select(run => Numbers.StepOrNever(run.RqiStep)).ToArray();
            yield return
            [
                Numbers.Count(samples), Numbers.Fraction(point?.Fraction ?? group!.Fraction), Numbers.Share(point?.Probability), point is null ? Numbers.None : $"{Numbers.Share(point.Low)} to {Numbers.Share(point.High)}",
                Numbers.Share(point?.AuthorsShare), group is null ? Numbers.None : Numbers.Count(group.Runs.Count), group is null ? Numbers.None : Numbers.Count(group.Reached),
                group is null ? Numbers.None : group.MedianStep is { } median ? Numbers.Steps(median) : "never", authors.Length == 0 ? Numbers.None : string.Join(", ", authors),
            ];
        }
    }

    private static string[] Drift(Trajectory trajectory) =>
    [
        trajectory.Convention, Numbers.Count(trajectory.Last.Step), Numbers.Significant(trajectory.First.Loss), Numbers.Magnitude(trajectory.Last.Loss),
        Numbers.Significant(trajectory.First.SquaredNorm), Numbers.Significant(trajectory.Last.SquaredNorm),
        Numbers.Percent((trajectory.Last.SquaredNorm / trajectory.First.SquaredNorm) - 1), Numbers.Magnitude(trajectory.LargestCentre), Numbers.Steps(trajectory.RelaxationSteps),
        Numbers.Steps(3 * trajectory.RelaxationSteps),
    ];
}
