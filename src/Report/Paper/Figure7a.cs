using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 7 (left): how many dimensions the embedding of a transformer uses, from the start to long after generalisation.</summary>
internal sealed class Figure7a : PaperFigure
{
    /// <summary>Symbols of the paper's runs.</summary>
    private const long PublishedSymbols = 59;

    private readonly DimensionHistory _history;
    private readonly double? _memorised;
    private readonly double? _generalised;
    private readonly int _reached;

    private Figure7a(RunGroup runs, DimensionHistory history, string command)
    {
        (Runs, _history) = (runs, history);
        _memorised = Statistics.MedianStep(runs.Runs.Select(run => run.TrainStep));
        _generalised = Statistics.MedianStep(runs.Runs.Select(run => run.ValidationStep));
        _reached = runs.Runs.Count(run => run.ValidationStep is not null);
        Rows = [[new Panel('a', new DimensionFigure(history, _memorised, _generalised) { Identity = runs.Identity, Provenance = runs.Provenance(command) }, 660)]];
    }

    public override string Id => "fig7a";

    public override string Name => "Figure 7, left";

    public override string Title => "The effective dimension of a transformer's embeddings";

    public override string Lead
    {
        get
        {
            // Of the runs that generalised, where there are any: the three medians are then of the same runs.
            bool Counts(RunRow run) => _reached == 0 || run.ValidationStep is not null;
            var (start, end) = (Statistics.Median(_history.At(run => Counts(run) ? 0 : null)), Statistics.Median(_history.At(run => Counts(run) ? run.Steps : null)));
            var last = Runs.Range(run => run.Steps, Numbers.Steps);
            if (_reached == 0) return $"None of {Numbers.Counted(Runs.Runs.Count, "network")} generalised in {last} steps. The median effective dimension of their embeddings is {Dimension(start)} at the start and {Dimension(end)} at the end.";
            var middle = Statistics.Median(_history.At(run => run.ValidationStep));
            return $"{Numbers.Of(_reached, Runs.Runs.Count)} networks generalised{(_generalised is { } step ? $", at step {Numbers.Steps(step)} in the median" : "")}. {(_reached < Runs.Runs.Count ? "Of these, the" : "The")} median effective dimension of the embeddings is {Dimension(start)} at the start, {Dimension(middle)} at generalisation and {Dimension(end)} at step {last}: {Course(start, middle, end)}";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>A transformer learns to add modulo p. Its embedding gives each symbol a list of numbers; the explained variances of their principal components have an entropy S, and exp(S) is the <em>effective dimension</em>: how many dimensions the symbols really use. The paper's Figure 7 (left) says that it grows up to generalisation and falls far below its first value afterwards, which fits the conjecture that a network generalises when it has found a structure of few dimensions and then prunes the rest.</p>
        <p>In the paper's setting, p = 59 symbols in 256 dimensions, it is about 52 at the start, about 53 near generalisation, and 33 to 36 at step 20,000. {Setting()}</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Effective dimension over the runs", ["Moment", "Median step", "Runs", "Median", "First quartile", "Third quartile", "Least", "Most"], Moments(), numeric: true)}<p class="note">Values at the recorded step closest to the moment. Runs that never reach a threshold have no value there.</p>

        """);

    /// <summary>Reads the curves behind the figure.</summary>
    /// <exception cref="GoldilocksException">A table is missing or of another schema, the runs are of several p, or a run has no effective dimension.</exception>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation)
    {
        var runs = new RunGroup(all);
        if (runs.Common("p") is null || runs.Common("embedding_dimension") is null)
            throw new GoldilocksException("runs.parquet: holds runs of several p or embedding_dimension; this figure is over seeds of one setting. Train them into folders of their own.");
        return new Figure7a(runs, DimensionHistory.Read(input, engine, all, cancellation), input.Command);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("curves"), "among other curves, the effective dimension: run, step, split (all), metric (effective_dimension), value"),
        (links.Train("runs"), "one row per run: its settings, and the steps at which it reached the thresholds (null: never)"),
    ];

    private static string Dimension(double value) => Numbers.Significant(Math.Round(value, 1));

    private static string Course(double start, double middle, double end) => (middle > start, end < middle) switch
    {
        (true, true) => end < start ? "it grows up to generalisation and falls below its first value afterwards, as the paper says." : "it grows up to generalisation and falls afterwards, but not below its first value.",
        (false, true) => "it falls from the start on, and does not grow up to generalisation.",
        (true, false) => "it grows up to generalisation, and does not fall in the steps trained.",
        (false, false) => "it falls up to generalisation, and does not fall afterwards.",
    };

    private string Setting()
    {
        var (symbols, dimensions) = (Runs.Runs[0].WholeNumber("p"), Runs.Runs[0].Dimension);
        var most = $"Symbols whose mean is taken away span at most min(p − 1, D) = {Numbers.Count(Math.Min(symbols - 1, dimensions))} dimensions";
        return symbols == PublishedSymbols && dimensions == 256
            ? $"These runs have that setting. {most}."
            : $"These runs have {Numbers.Count(symbols)} symbols in {Numbers.Count(dimensions)} dimensions, so not the numbers but their course can be compared. {most}.";
    }

    private IEnumerable<string[]> Moments()
    {
        string[] Row(string moment, string step, double[] values)
        {
            if (values.Length == 0) return [moment, step, "0", .. Enumerable.Repeat(Numbers.None, 5)];
            return
            [
                moment, step, Numbers.Count(values.Length), Dimension(Statistics.Median(values)), Dimension(Statistics.Quantile(values, 0.25)), Dimension(Statistics.Quantile(values, 0.75)),
                Dimension(values.Min()), Dimension(values.Max()),
            ];
        }

        var rule = Runs.Runs[0];
        yield return Row("Start", "0", _history.At(_ => 0));
        yield return Row($"Memorisation ({Terms.AccuracyRule(rule, "train")})", _memorised is { } train ? Numbers.Steps(train) : "never", _history.At(run => run.TrainStep));
        yield return Row($"Generalisation ({Terms.AccuracyRule(rule, "validation")})", _generalised is { } validation ? Numbers.Steps(validation) : "never", _history.At(run => run.ValidationStep));
        yield return Row("Largest of each run", Numbers.None, _history.Largest());
        yield return Row("End", Numbers.Steps(Statistics.Median(Runs.Runs.Select(run => (double)run.Steps))), _history.At(run => run.Steps));
    }
}
