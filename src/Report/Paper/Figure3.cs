using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 3: the representation predicts how well a network generalises.</summary>
internal sealed class Figure3 : PaperFigure
{
    private readonly Outcomes _outcomes;
    private readonly IReadOnlyList<StoredRun> _stored;
    private readonly double _correlation;

    private Figure3(RunGroup runs, string command, Outcomes outcomes, IReadOnlyList<StoredRun> stored)
    {
        (Runs, _outcomes, _stored) = (runs, outcomes, stored);
        _correlation = Statistics.Pearson([.. outcomes.Runs.Select(outcome => outcome.Accuracy)], [.. outcomes.Runs.Select(outcome => outcome.Predicted)]);
        var (identity, provenance) = (runs.Identity, $"{outcomes.Source} {runs.Provenance(command)}");
        Rows =
        [
            [
                new Panel('a', new AccuracyByFractionFigure(outcomes.Runs, stored, measured: true) { Identity = identity, Provenance = provenance }, 330, IsWide: false),
                new Panel('b', new AccuracyByFractionFigure(outcomes.Runs, stored, measured: false) { Identity = identity, Provenance = provenance }, 330, IsWide: false),
                new Panel('c', new AgreementFigure(outcomes.Runs, stored, _correlation) { Identity = identity, Provenance = provenance }, 330),
            ],
        ];
    }

    public override string Id => "fig3";

    public override string Title => "The representation predicts the accuracy";

    public override string Lead =>
        $"Measured accuracy and the accuracy predicted from the embeddings alone are equal in {Numbers.Of(_outcomes.Runs.Count(outcome => outcome.Agrees), _outcomes.Runs.Count)} runs, and differ by at most {Numbers.Fraction(_outcomes.Runs.Max(outcome => outcome.Difference))} in the others. Their correlation is {Numbers.Fraction(_correlation)}.";

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Can one see in a network's embeddings alone how many questions it will answer, without asking any? The paper says yes. Two pairs whose embeddings have the same sum look the same to the decoder. So when it was taught the answer to one of them, it knows the other. Counting all pairs that are known in this way gives the <em>predicted accuracy</em> Acc^; asking the network gives the <em>measured accuracy</em> Acc, over all pairs, shown or not. The paper's Figure 3 shows both growing with the training set, and in agreement.</p>
        <p>The <em>ideal accuracy</em> is the same count for a perfect student: one whose embeddings satisfy every equation that the training set implies, and no other. It is what one may expect, not a limit: by luck an embedding can satisfy more. {_outcomes.Source}</p>

        """);

    public override Html Evidence
    {
        get
        {
            var agreement = new StoredAgreement(_outcomes.Runs, _stored);
            var compared = agreement.Absence is { } reason
                ? Html.Of($"<p>They are not compared with the authors' stored runs: {reason}.</p>\n")
                : Html.Of($"<p>Beside the authors' stored runs of the same size and seed, to the four decimals that they stored:</p>\n{Tables.Of("Agreement with the authors' stored runs", ["Quantity", "Equal", "Largest difference"], agreement.Rows(), numeric: true)}");
            return Html.Of(
                $"""
                {Tables.Of("Agreement of measured and predicted accuracy", ["", "Runs", "Pearson's correlation", "Equal", "Largest difference"], Agreement(), numeric: true)}{compared}{Tables.Of("Means over seeds by size", ["Training pairs", "Fraction", "Runs", "Acc", "Acc^", "Ideal", "Acc = Acc^"], Sizes(), numeric: true)}
                """);
        }
    }

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> all, CancellationToken cancellation)
    {
        var runs = PaperRuns.Addition(all);
        var stored = new TheoryTables(engine, input.TheoryFolder, cancellation).Stored(runs.Runs[0].WholeNumber("p"));
        return new Figure3(runs, input.Command, Outcomes.Read(input, engine, runs, cancellation), stored);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, and accuracies at its end"),
        (links.Analyze("analysis"), "one row per checkpoint: accuracies by ONNX Runtime, and representation measures"),
        (links.Theory("stored_runs"), "what the authors' code gave, run by run"),
    ];

    private IEnumerable<string[]> Agreement()
    {
        yield return Line("Here", [.. _outcomes.Runs.Select(outcome => (outcome.Accuracy, outcome.Predicted))], _outcomes.Runs.Count(outcome => outcome.Agrees));
        if (_stored.Count == 0) yield break;
        yield return Line("The authors' stored runs", [.. _stored.Select(run => (run.Accuracy, run.PredictedAccuracy))], _stored.Count(run => run.Accuracy == run.PredictedAccuracy));
    }

    private static string[] Line(string name, (double Accuracy, double Predicted)[] values, int equal) =>
    [
        name, Numbers.Count(values.Length), Numbers.Share(Statistics.Pearson([.. values.Select(value => value.Accuracy)], [.. values.Select(value => value.Predicted)])),
        Numbers.Of(equal, values.Length), Numbers.Fraction(values.Max(value => Math.Abs(value.Accuracy - value.Predicted))),
    ];

    private IEnumerable<string[]> Sizes() => _outcomes.Runs.GroupBy(outcome => outcome.Run.TrainSamples).OrderBy(group => group.Key).Select(group => (string[])
    [
        Numbers.Count(group.Key), Numbers.Fraction(group.First().Run.Fraction), Numbers.Count(group.Count()), Numbers.Share(group.Average(outcome => outcome.Accuracy)),
        Numbers.Share(group.Average(outcome => outcome.Predicted)), Numbers.Share(group.Average(outcome => outcome.Ideal)), Numbers.Of(group.Count(outcome => outcome.Agrees), group.Count()),
    ]);
}
