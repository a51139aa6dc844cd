using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 20: how the size of the training set and the weight decay change the steps to generalisation on digits, and their delay.</summary>
internal sealed class Figure20 : PaperFigure
{
    private const string LegendTitle = "weight decay";

    private readonly IReadOnlyList<StepSeries> _series;

    private Figure20(RunGroup runs, string command)
    {
        Runs = runs;
        _series =
        [
            .. runs.Runs.GroupBy(run => run.RealNumber("weight_decay")).OrderBy(group => group.Key)
                .Select(group => new StepSeries(Numbers.Parameter(group.Key), [.. group.Select(run => ((double)run.WholeNumber("train_images"), run, run.ValidationStep))])),
        ];
        double[] sizes = [.. Sizes];
        var x = Marks.Channel(
            "x", "Training images (logarithmic)", new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(sizes[0] / 1.25, sizes[^1] * 1.25), ["nice"] = false },
            new JsonObject { ["values"] = new JsonArray([.. sizes.Select(size => (JsonNode)size)]), ["format"] = "d", ["labelOverlap"] = "greedy" });
        var (identity, provenance) = (runs.Identity, runs.Provenance(command));
        Rows =
        [
            [
                new Panel('a', new StepSeriesFigure(_series, x, "training images", $"validation accuracy {PhaseNumbers.ValidationThreshold(runs)}")
                {
                    Identity = identity, Provenance = provenance, Note = "Colours: weight decay, from dark to bright.",
                    LegendTitle = LegendTitle, IsOrdered = true,
                }, 460),
                new Panel('b', new RelativeDelayFigure(_series, x, "training images", LegendTitle) { Identity = identity, Provenance = provenance }, 460),
            ],
        ];
    }

    public override string Id => "fig20";

    public override string Title => "More data, weight decay, and the delay";

    public override string Lead
    {
        get
        {
            var reached = $"{Numbers.Of(Runs.Runs.Count(run => run.ValidationStep is not null), Runs.Runs.Count)} runs reach validation accuracy {PhaseNumbers.ValidationThreshold(Runs)}";
            var ends = _series.Select(one => (one.Name, Known: one.Medians.Where(median => median.Median is not null).ToArray())).Where(one => one.Known.Length > 1).ToArray();
            if (ends.Length == 0) return $"{reached}. No weight decay has a median step at two sizes of the training set, so nothing can be said of its influence.";
            var faster = ends.Count(one => one.Known[^1].Median < one.Known[0].Median);
            var (name, known) = ends.MaxBy(one => Math.Abs(Math.Log((one.Known[0].Median!.Value + 1) / (one.Known[^1].Median!.Value + 1))));
            return $"{reached}. At {Numbers.Of(faster, ends.Length)} weight decays that have a median at two sizes or more, it takes fewer steps with the most images than with the fewest. The largest change is at weight decay {name}: {Numbers.Counted((long)Math.Round(known[0].Median!.Value), "step")} with {Numbers.Counted((long)known[0].X, "image")}, {Numbers.Count((long)Math.Round(known[^1].Median!.Value))} with {Numbers.Count((long)known[^1].X)}.";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Grokking needs a training set that is small enough to be learned by heart. The paper's Figure 20 asks how its size and the weight decay change the delay on the digits of Figure 8: 128 to 32,768 images, nine weight decays from 0.0001 to 0.3, three seeds each, up to 100,000 steps.</p>
        <p>(a) shows when validation accuracy is reached, (b) by what factor that is later than training accuracy. {PhaseNumbers.Rule(Runs)} The two thresholds differ, so a run may reach the lower one of validation first; its relative delay is then below 1.</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Median step to the validation accuracy, by training images", Head, _series.Select(one => Row(one, runs => Statistics.MedianStep(runs.Select(run => run.ValidationStep)) is { } median ? Numbers.Steps(median) : "never")), numeric: true)}{Tables.Of("Median step to the training accuracy, by training images", Head, _series.Select(one => Row(one, runs => Statistics.MedianStep(runs.Select(run => run.TrainStep)) is { } median ? Numbers.Steps(median) : "never")), numeric: true)}{Tables.Of("Median delay in steps, by training images", Head, _series.Select(one => Row(one, runs => Numbers.Steps(Statistics.Median(runs.Select(Delay.Of).OfType<Delay>().Select(delay => (double)delay.Gap))))), numeric: true)}<p class="note">Never counts as later than every step; delays are among the runs that reach both accuracies, and negative where validation came first.</p>

        """);

    /// <summary>Reads the runs behind the figure.</summary>
    /// <exception cref="GoldilocksException">A run has no train_images or no weight_decay.</exception>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation) => new Figure20(new RunGroup(all), input.Command);

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, and the steps at which it reached the thresholds (null: never)"),
    ];

    private IEnumerable<double> Sizes => _series.SelectMany(one => one.Medians).Select(median => median.X).Distinct().Order();

    private string[] Head => ["Weight decay", .. Sizes.Select(size => Numbers.Count((long)size))];

    private string[] Row(StepSeries one, Func<IReadOnlyList<RunRow>, string> cell) =>
    [
        one.Name, .. Sizes.Select(size => one.Points.Where(point => point.X == size).Select(point => point.Run).ToArray() is { Length: > 0 } runs ? cell(runs) : Numbers.None),
    ];
}
