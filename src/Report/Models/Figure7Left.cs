using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 7 (left): the effective dimension of the embeddings during training, over seeds.</summary>
internal sealed class Figure7Left : PaperFigure
{
    private readonly IReadOnlyList<(RunRow Run, IReadOnlyList<(double X, double Y)> Points)> _curves;

    private Figure7Left(IReadOnlyList<RunRow> runs, IReadOnlyDictionary<string, IReadOnlyList<(double X, double Y)>> dimensions, string command)
    {
        Runs = new RunGroup(runs);
        _curves = [.. runs.Where(run => dimensions.ContainsKey(run.Id)).Select(run => (run, dimensions[run.Id]))];
        if (_curves.Count == 0) throw new GoldilocksException("curves.parquet: holds no effective dimension, which recipes with large embeddings record. Train one of those (transformer, modular-mlp).");
        Series[] lines = [.. _curves.Select(curve => new Series("a seed", Marks.Ours, curve.Points, IsFaint: true)), new("median over seeds", Marks.Theory, Medians())];
        Rows = [[new Panel('a', new SeriesFigure("dimension", "Effective dimension of the embeddings", lines)
        {
            Identity = Runs.Identity, Provenance = Runs.Provenance(command), YTitle = "exp(S)",
            Words = $"exp(S), where S is the entropy of the explained variances of the embedding, for {Numbers.Counted(_curves.Count, "seed")}. {Milestones}",
        }, 760)]];
    }

    public override string Id => "fig7a";

    public override string Name => "Figure 7 (left)";

    public override string Title => "More dimensions until it generalises, then fewer";

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override string Lead => $"The effective dimension starts at {Mean(curve => curve[0].Y)}, rises to {Mean(curve => curve.Max(point => point.Y))} (at step {Numbers.Steps(Statistics.Median(_curves.Select(curve => curve.Points.MaxBy(point => point.Y).X)))} in the median) and ends at {Mean(curve => curve[^1].Y)}. {Milestones}";

    public override Html Introduction => Html.Of(
        $"""
        <p>How many of its dimensions does an embedding really use? The effective dimension answers: it is the number of dimensions if all were used alike, and 1 if all symbols lay on a line. The paper finds that it rises while a transformer learns its examples by heart, and falls drastically once it generalises, as if the network had found a small structure and let go of the rest.</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Seeds", ["Seed", "Training step", "Validation step", "Dimension at the start", "Highest", "At step", "At the end"], _curves.Select(curve => (string[])
        [
            Numbers.Count(curve.Run.Seed), Numbers.StepOrNever(curve.Run.TrainStep), Numbers.StepOrNever(curve.Run.ValidationStep), Round(curve.Points[0].Y), Round(curve.Points.Max(point => point.Y)),
            Numbers.Steps(curve.Points.MaxBy(point => point.Y).X), Round(curve.Points[^1].Y),
        ]), numeric: true)}<p class="note">In the paper's setting (p = 59, 256 dimensions, about 100 seeds): about 52 at the start, 53 near generalisation (step 4,000), 33 to 36 at step 20,000.</p>

        """);

    private string Milestones => $"In the median, {Numbers.Percent(Runs.Runs[0].AccuracyThreshold)} of the training pairs are known at step {Step(run => run.TrainStep)}, of the others at step {Step(run => run.ValidationStep)}.";

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation) =>
        new Figure7Left(runs, MetricCurves.Read(input, engine, "effective_dimension", "all", cancellation), input.Command);

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, first steps (null: never), and accuracies at its end"),
        (links.Train("curves"), "effective dimension: metric = 'effective_dimension', by run and step"),
    ];

    private IReadOnlyList<(double X, double Y)> Medians() =>
        [.. _curves.SelectMany(curve => curve.Points).GroupBy(point => point.X).Where(group => group.Count() == _curves.Count).OrderBy(group => group.Key).Select(group => (group.Key, Statistics.Median(group.Select(point => point.Y))))];

    private string Mean(Func<IReadOnlyList<(double X, double Y)>, double> of) => Round(_curves.Average(curve => of(curve.Points)));

    private string Step(Func<RunRow, long?> step) =>
        Statistics.Median(Runs.Runs.Select(run => step(run) is { } value ? value : double.PositiveInfinity)) is var median && double.IsFinite(median) ? Numbers.Steps(median) : "never";

    private static string Round(double value) => Numbers.Fraction(Math.Round(value, 1));
}
