using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 5: the grokking rate, and whether it foretells when networks find the line.</summary>
internal sealed class Figure5 : PaperFigure
{
    private static readonly string[] Conventions = ["paper", "reference"];

    private readonly IReadOnlyList<RateBand> _paperBands;
    private readonly IReadOnlyList<RateBand> _referenceBands;
    private readonly PredictionQuality[] _qualities;

    private Figure5(RunGroup runs, string command, IReadOnlyList<RateBand> paperBands, IReadOnlyList<RateBand> referenceBands)
    {
        (Runs, _paperBands, _referenceBands) = (runs, paperBands, referenceBands);
        _qualities = [.. Conventions.Select(convention => new PredictionQuality(runs.Runs, convention))];
        var (identity, provenance) = (runs.Identity, runs.Provenance(command));
        Rows =
        [
            [
                new Panel('a', new RateFigure(paperBands, "paper") { Identity = "random training sets", Provenance = provenance }, 420, IsWide: false),
                new Panel('a', new RateFigure(referenceBands, "reference") { Identity = "random training sets", Provenance = provenance }, 420, IsWide: false),
            ],
            [.. _qualities.Select(quality => new Panel('b', new PredictionFigure(quality) { Identity = identity, Provenance = provenance }, 420, IsWide: false))],
        ];
    }

    public override string Id => "fig5";

    public override string Title => "How fast the line forms, predicted and measured";

    public override string Lead
    {
        get
        {
            var reached = Runs.Runs.Count(run => run.RqiStep is not null);
            var parts = _qualities.Where(quality => double.IsFinite(quality.Rho)).Select(quality => $"{quality.RhoWords} in the {quality.Convention} convention").ToArray();
            return $"{Numbers.Of(reached, Runs.Runs.Count)} networks formed the line. {(parts.Length > 0 ? $"The rank correlation of predicted and measured steps is {string.Join(", and ", parts)}." : "Too few have both a predicted and a measured number of steps for a rank correlation.")}";
        }
    }

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>The training set is a set of equations on the embeddings, and the effective theory lets these equations pull like springs. The slowest movement towards the line has a rate, λ<sub>3</sub>, which the training set alone determines: the paper calls it the <em>grokking rate</em>. It is zero when the training set determines no line. The paper's Figure 5 says that λ<sub>3</sub> grows with the size of the training set (a), so that more data mean faster understanding, and that networks follow that trend (b).</p>
        <p>Here (a) shows what random training sets give, and (b) sets 3 n<sub>h</sub> = 3/(λ<sub>3</sub> η), the steps that the theory expects at the embeddings' learning rate η, beside the steps that a network took. Paper and code define λ<sub>3</sub> differently; each has its panel. A rank correlation asks only whether what is predicted to take longer does take longer. Both depend on the size of the training set, so the table also gives the correlation among training sets of one size, where only the theory can tell them apart.</p>

        """);

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Predicted and measured steps", ["Convention of λ₃", "Runs with both", "Spearman's correlation", "95 % interval", "Within one size", "Standard error of that without relation", "Size alone", "Median measured / predicted"], _qualities.Select(Quality), numeric: true)}<p class="note">Intervals by Bonett and Wright. "Within one size" is the mean of the rank correlations among runs with equally large training sets, over sizes with at least four such runs. "Size alone" is the rank correlation of the number of training pairs with the measured steps.{Within()}</p>
        {Tables.Of("Does the training set determine the line, and did the network find it?", ["Training set", "RQI > 0.95 reached", "Never", "Together"], Crossed(), numeric: true)}{Tables.Of("λ₃ of random training sets by size", ["Training pairs", "Fraction", "Draws", "λ₃ = 0", "Paper: 5 %", "Median", "95 %", "Reference: 5 %", "Median", "95 %"], Rates(), numeric: true)}
        """);

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation)
    {
        var runs = PaperRuns.Addition(all);
        var theory = new TheoryTables(engine, input.TheoryFolder, cancellation);
        var symbols = runs.Runs[0].WholeNumber("p");
        return new Figure5(runs, input.Command, theory.Rates(symbols, "paper"), theory.Rates(symbols, "reference"));
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, its λ3 and 3 n_h under both conventions, and the first step with RQI > 0.95 (null: never)"),
        (links.Theory("rates"), "λ3 of random training sets: p, samples, draw, nullity, both conventions"),
    ];

    private static string[] Quality(PredictionQuality quality) =>
    [
        quality.Convention, Numbers.Count(quality.Count), Numbers.Fraction(quality.Rho), quality.Interval is { } interval ? $"{Numbers.Fraction(interval.Low)} to {Numbers.Fraction(interval.High)}" : Numbers.None,
        quality.Within is { } within ? $"{Numbers.Fraction(within.Rho)} ({Numbers.Counted(within.Groups, "size")})" : Numbers.None, Numbers.Fraction(quality.Within?.StandardError), Numbers.Fraction(quality.SizeRho),
        Numbers.Significant(quality.Ratio),
    ];

    private string Within() => string.Concat(_qualities.Where(quality => quality.Within is not null).Select(quality =>
    {
        var (rho, error, _) = quality.Within!.Value;
        return $" In the {quality.Convention} convention it is {Numbers.Fraction(Math.Abs(rho) / error)} standard errors from 0: {(Math.Abs(rho) > 2 * error ? "among equally large training sets, too, λ₃ tells something" : "no sign here that λ₃ tells more than the size does")}.";
    }));

    private IEnumerable<string[]> Crossed()
    {
        string[] Row(string name, RunRow[] runs) =>
            [name, Numbers.Count(runs.Count(run => run.RqiStep is not null)), Numbers.Count(runs.Count(run => run.RqiStep is null)), Numbers.Count(runs.Length)];
        yield return Row("Unique line", [.. Runs.Runs.Where(run => run.Number("expected_steps_paper") is not null)]);
        yield return Row("No unique line", [.. Runs.Runs.Where(run => run.Number("expected_steps_paper") is null)]);
    }

    private IEnumerable<string[]> Rates() => _paperBands.Zip(_referenceBands, (paper, reference) => (string[])
    [
        Numbers.Count(paper.Samples), Numbers.Fraction(paper.Fraction), Numbers.Count(paper.Draws), Numbers.Percent((double)paper.Zeros / paper.Draws),
        Numbers.Significant(paper.Low), Numbers.Significant(paper.Median), Numbers.Significant(paper.High),
        Numbers.Significant(reference.Low), Numbers.Significant(reference.Median), Numbers.Significant(reference.High),
    ]);
}
