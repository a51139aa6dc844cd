using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 7 (center): how many steps a transformer needs, by its dropout.</summary>
internal sealed class Figure7b : PaperFigure
{
    private readonly StepSeries _train;
    private readonly StepSeries _validation;

    private Figure7b(RunGroup runs, string command)
    {
        Runs = runs;
        StepSeries Series(string name, Func<RunRow, long?> step) => new(name, [.. runs.Runs.Select(run => (run.RealNumber("dropout"), run, step(run)))]);
        (_train, _validation) = (Series("train", run => run.TrainStep), Series("validation", run => run.ValidationStep));
        var x = Marks.Channel(
            "x", "Dropout (probability)", new JsonObject { ["domain"] = new JsonArray(0, Math.Max(_train.Medians[^1].X, 0.1)), ["nice"] = false, ["padding"] = 12 },
            new JsonObject { ["tickCount"] = 6, ["format"] = "~g" });
        Rows =
        [
            [
                new Panel('a', new StepSeriesFigure([_train, _validation], x, "dropout", $"accuracy {PhaseNumbers.Threshold(runs)}")
                {
                    Identity = runs.Identity, Provenance = runs.Provenance(command), Note = "Blue: training accuracy; orange: validation accuracy.",
                }, 660),
            ],
        ];
    }

    public override string Id => "fig7b";

    public override string Name => "Figure 7, center";

    public override string Title => "Dropout and the steps to generalisation";

    public override string Lead
    {
        get
        {
            var reached = $"{Numbers.Of(Runs.Runs.Count(run => run.ValidationStep is not null), Runs.Runs.Count)} runs reach validation accuracy {PhaseNumbers.ValidationThreshold(Runs)}.";
            var (first, found) = (_validation.Medians[0], _validation.Medians.Where(median => median.Median is not null).ToArray());
            if (found.Length == 0) return $"{reached} At no dropout is the median step to it known: half of the runs or more never get there.";
            var best = found.MinBy(median => median.Median);
            var fastest = $"{Numbers.Parameter(best.X)} ({Numbers.Counted((long)Math.Round(best.Median!.Value), "step")})";
            if (best.X == first.X) return $"{reached} The median run is fastest with the least dropout, {fastest}: more does not speed it up here.";
            return first.Median is { } without
                ? $"{reached} The median run takes {Numbers.Counted((long)Math.Round(without), "step")} with dropout {Numbers.Parameter(first.X)}, and is fastest with dropout {fastest}: {Numbers.Significant(Math.Round(without / best.Median.Value, 2))} times as fast."
                : $"{reached} With dropout {Numbers.Parameter(first.X)} the median run never does; it is fastest with dropout {fastest}.";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Dropout switches off a random part of a network in every training step, so that the network cannot rely on any single unit. The paper's Figure 7 (center) shows that it makes a transformer generalise earlier: p = 53 symbols in 256 dimensions, ten rates from 0 to 0.5, three seeds each, up to 100,000 steps, no weight decay.</p>
        <p>Here each run is a disc, for training accuracy and for validation accuracy, and the line is the median over seeds. {Setting()}The distance between the two lines is the delay of generalisation.</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Steps by dropout", ["Dropout", "Runs", "Train reached", "Median step", "Validation reached", "Median step", "Least", "Most", "Median delay (steps)"], Numbered(), numeric: true)}<p class="note">A median step is that of all runs, never counting as later than every step; least, most and delay are among the runs that got there.</p>

        """);

    /// <summary>Reads the runs behind the figure.</summary>
    /// <exception cref="GoldilocksException">A run has no dropout.</exception>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation) => new Figure7b(new RunGroup(all), input.Command);

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, dropout among them, and the steps at which it reached the thresholds (null: never)"),
    ];

    private string Setting() => Runs.Common("p") is 53L && Runs.Common("embedding_dimension") is 256L
        ? ""
        : $"These runs have {(Runs.Common("p") is { } p ? $"p = {Numbers.Setting(p)}" : "several p")}{(Runs.Common("embedding_dimension") is { } d ? $" and {Numbers.Setting(d)} dimensions" : "")}, so not the numbers but their course can be compared. ";

    private IEnumerable<string[]> Numbered() => _train.Medians.Zip(_validation.Medians, (train, validation) =>
    {
        var runs = Runs.Runs.Where(run => run.RealNumber("dropout") == train.X).ToArray();
        double[] steps = [.. runs.Select(run => (double?)run.ValidationStep).OfType<double>()];
        return (string[])
        [
            Numbers.Parameter(train.X), Numbers.Count(train.Runs), Numbers.Of(train.Reached, train.Runs), train.Median is { } known ? Numbers.Steps(known) : "never",
            Numbers.Of(validation.Reached, validation.Runs), validation.Median is { } understood ? Numbers.Steps(understood) : "never",
            steps.Length > 0 ? Numbers.Steps(steps.Min()) : Numbers.None, steps.Length > 0 ? Numbers.Steps(steps.Max()) : Numbers.None,
            Numbers.Steps(Statistics.Median(runs.Select(Delay.Of).OfType<Delay>().Select(delay => (double)delay.Gap))),
        ];
    });
}
