using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figures 7 (center) and 20: steps to either accuracy against one setting, by another one.</summary>
internal sealed class StepsPage : PaperFigure
{
    private static readonly string[] Kinds = [Marks.Authors, Marks.Ours, Marks.Theory, "threshold"];

    private readonly Words _words;
    private readonly IReadOnlyList<(string Name, RunRow[] Runs)> _lines;

    private StepsPage(Words words, IReadOnlyList<RunRow> runs, string command)
    {
        (_words, Runs) = (words, new RunGroup(runs));
        _lines = words.By is { } by
            ? [.. runs.GroupBy(run => run.RealNumber(by)).OrderBy(group => group.Key).Select(group => ($"{words.ByName} {Numbers.Parameter(group.Key)}", group.ToArray()))]
            : [("validation", [.. runs])];
        StepsByFigure Chart(string id, string title, string yTitle, Func<RunRow, long?> steps) => new(
            id, title, [.. _lines.Select((line, i) => (line.Name, Kinds[i % Kinds.Length], (IReadOnlyList<(double, long?)>)[.. line.Runs.Select(run => (run.RealNumber(words.Setting), steps(run)))]))])
        {
            Identity = Runs.Identity, Provenance = Runs.Provenance(command), XTitle = words.SettingTitle, YTitle = yTitle, IsLogarithmic = words.IsLogarithmic, Words = $"{title} against {words.SettingTitle.ToLowerInvariant()}.",
        };
        Rows =
        [[
            new Panel('a', Chart("validation-steps", "Steps to generalise", "Steps to validation accuracy", run => run.ValidationStep), 520, IsWide: false),
            new Panel('b', Chart("delay", "Delay behind training", "Validation step - training step", run => run.Integer("delay_steps")), 520, IsWide: false),
        ]];
    }

    public override string Id => _words.Id;

    public override string Name => _words.Name;

    public override string Title => _words.Title;

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override string Lead
    {
        get
        {
            var medians = Runs.Runs.GroupBy(run => run.RealNumber(_words.Setting)).OrderBy(group => group.Key).Select(group => (group.Key, Step: Median(group))).ToArray();
            return $"Validation accuracy is reached {string.Join(", ", medians.Select(one => $"{(one.Step == "never" ? "never" : $"at step {one.Step}")} with {_words.SettingName} {Numbers.Parameter(one.Key)}"))} (medians).";
        }
    }

    public override Html Introduction => Html.Of($"<p>{_words.Paper}</p>\n");

    public override Html Evidence => Tables.Of("All runs", [_words.SettingTitle, .. _words.ByName is { } by ? (string[])[Terms.Capital(by)] : [], "Seed", "Training step", "Validation step", "Delay", "Validation accuracy at the end"], Runs.Runs
        .OrderBy(run => run.RealNumber(_words.Setting)).ThenBy(run => _words.By is { } name ? run.RealNumber(name) : 0).ThenBy(run => run.Seed).Select(run => (string[])
        [
            Numbers.Parameter(run.RealNumber(_words.Setting)), .. _words.By is { } other ? (string[])[Numbers.Parameter(run.RealNumber(other))] : [], Numbers.Count(run.Seed), Numbers.StepOrNever(run.TrainStep),
            Numbers.StepOrNever(run.ValidationStep), Numbers.StepOrNever(run.Integer("delay_steps")), Numbers.Percent(run.Number("final_validation_accuracy")),
        ]), numeric: true);

    /// <summary>Figure 7 (center).</summary>
    public static PaperFigure Dropout(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation) => new StepsPage(
        new Words("fig7b", "Figure 7 (center)", "Dropout and the time to generalise", "dropout", "dropout", "Dropout rate", IsLogarithmic: false, null, null,
            "Dropout makes a network do without a random part of its activations at every step. The paper finds that a transformer with a significant rate generalises much sooner, and that the delay, grokking, vanishes: whatever constrains the decoder helps the representation."),
        runs, input.Command);

    /// <summary>Figure 20.</summary>
    public static PaperFigure Images(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation) => new StepsPage(
        new Words("fig20", "Figure 20", "Digits: the number of images and the delay", "train_images", "training images:", "Training images", IsLogarithmic: true, "weight_decay", "weight decay",
            "On MNIST, too, the time between knowing the training images and recognising others depends on how many are shown and on the weight decay. With few images networks only memorise; with many there is hardly a delay."),
        runs, input.Command);

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) => [(links.Train("runs"), "one row per run: its settings, first steps (null: never), and accuracies at its end")];

    private static string Median(IEnumerable<RunRow> runs) =>
        Statistics.Median(runs.Select(run => run.ValidationStep is { } value ? value : double.PositiveInfinity)) is var median && double.IsFinite(median) ? Numbers.Steps(median) : "never";

    /// <param name="Id">As in file names.</param>
    /// <param name="Name">The figure's name.</param>
    /// <param name="Title">Heading.</param>
    /// <param name="Setting">Column on the x axis.</param>
    /// <param name="SettingName">In a sentence.</param>
    /// <param name="SettingTitle">On the axis.</param>
    /// <param name="IsLogarithmic">Whether the axis is.</param>
    /// <param name="By">Column that tells the lines apart; null for one line.</param>
    /// <param name="ByName">In words.</param>
    /// <param name="Paper">What the paper says.</param>
    private sealed record Words(string Id, string Name, string Title, string Setting, string SettingName, string SettingTitle, bool IsLogarithmic, string? By, string? ByName, string Paper);
}
