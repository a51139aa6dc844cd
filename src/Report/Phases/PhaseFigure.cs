using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The phase maps of a sweep over one or two parameters (Figure 6), and what the paper does not show: steps, delays, and what other seeds do.</summary>
internal sealed class PhaseFigure : PaperFigure
{
    private readonly PhaseGrid _grid;
    private readonly SplitShares? _splits;
    private readonly string? _published;

    private PhaseFigure(PhaseGrid grid, RunGroup runs, string command)
    {
        (_grid, Runs) = (grid, runs);
        _splits = grid.HasSeveral ? SplitShares.Of(runs.Runs) : null;
        _published = PublishedMap.Of(runs, grid);
        var (identity, provenance) = (runs.Identity, runs.Provenance(command));
        Panel Map(char letter, MapQuantity quantity)
        {
            var figure = new ValueMapFigure(grid, quantity) { Identity = identity, Provenance = provenance };
            return new Panel(letter, figure, figure.WidthAt(Side), IsWide: false);
        }

        Panel Chart(char letter, Figure figure) => new(letter, figure, Side, IsWide: false);
        var phases = new PhaseMapFigure(grid) { Identity = identity, Provenance = provenance };
        List<Panel> panels =
        [
            new Panel('a', phases, phases.WidthAt(Side)), Map('b', MapQuantity.TrainSteps(grid)), Map('c', MapQuantity.ValidationSteps(grid)),
            Map('d', MapQuantity.Gap(grid)), Map('e', MapQuantity.Ratio(grid)),
        ];
        if (grid.HasSeveral)
        {
            panels.Add(Map('f', MapQuantity.Spread(grid)));
            panels.AddRange(grid.Phases.Select(phase => Map('g', MapQuantity.Share(phase))));
            if (_splits is { Seeds.Count: > 0 }) panels.Add(Chart('h', new SeedsFigure(_splits) { Identity = identity, Provenance = provenance }));
            if (_splits is not null) panels.Add(Chart('i', new SplitSharesFigure(grid, _splits) { Identity = identity, Provenance = provenance }));
        }

        Rows = [.. panels.Chunk(3)];
    }

    /// <summary>Pixels of a map's longer side in the common picture.</summary>
    private const int Side = 330;

    public override string Id => "phases";

    public override string Name => "Phase diagram";

    public override string Origin => _published is { } figure ? $"{figure} of the paper" : "Phase diagram";

    public override string Title => $"Learning phases over {_grid.Parameters}";

    public override string Lead
    {
        get
        {
            var lead = $"Over {_grid.Parameters}: {PhaseNumbers.Counts(_grid)}{(_grid.HasSeveral ? ", each cell by the most frequent phase of its runs" : "")}.";
            double[] gaps = [.. Runs.Runs.Where(run => run.Phase == "grokking").Select(Delay.Of).OfType<Delay>().Select(delay => (double)delay.Gap)];
            var delay = gaps.Length == 0 ? "" : $" Where networks grokked, validation came {Numbers.Steps(Statistics.Median(gaps))} steps after training in the median.";
            var splits = _splits is null ? "" : $" The training set implies every answer for {_splits.Words}.";
            return lead + delay + splits;
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Depending on its hyperparameters a network understands at once (<em>comprehension</em>), learns by heart and understands much later (<em>grokking</em>), only learns by heart (<em>memorization</em>), or learns nothing (<em>confusion</em>). The paper draws where each happens in the plane of two hyperparameters, and finds a “Goldilocks zone” of comprehension and grokking between memorization and confusion, with grokking on the side of memorization. {Published()}{PhaseNumbers.Rule(Runs)}</p>
        <p>The border between comprehension and grokking is a convention: it is an absolute number of steps, and slow learning rates make every delay long. So the steps themselves are drawn too, and the delay both as a difference and as a ratio, which does not change when all of training is slower.{Several()} Every rectangle is a cell with its own runs; nothing is smoothed or filled in.</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {PhaseNumbers.Phases(_grid)}{PhaseNumbers.Delays(_grid)}{(_splits is null ? default : PhaseNumbers.Splits(_grid, _splits))}{PhaseNumbers.Sweep(_grid, Runs)}
        """);

    /// <summary>Reads the runs behind the maps.</summary>
    /// <exception cref="GoldilocksException">The runs vary in no parameter or in more than two, or one has a phase that is not known.</exception>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation) => new PhaseFigure(new PhaseGrid(all), new RunGroup(all), input.Command);

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), $"one row per run: its settings, its phase, the steps at which it reached the thresholds (null: never){(_splits is null ? "" : ", and the ideal accuracy of its training set")}"),
    ];

    private string Published() => _published is { } figure ? $"These are the task and the parameters of its {figure}{(figure.StartsWith("Figure 6", StringComparison.Ordinal) && _grid.Y?.Parameter == "decoder_weight_decay" ? ", which has weight decay growing downwards" : "")}. " : "";

    private string Several() => _grid.HasSeveral
        ? " Where a cell has runs of several seeds, (a) to (e) show what is typical of them, and the maps after these how far they differ: the paper's maps show one seed for each cell."
        : "";
}
