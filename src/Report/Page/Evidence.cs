namespace Goldilocks.Report;

/// <summary>The run beside the paper and its authors' code, the exported model beside the trainer, and the other runs.</summary>
internal sealed class Evidence(RunDetail run, IReadOnlyList<RunRow> runs)
{
    /// <summary>Checkpoints shown; the table of all is in the Parquet file.</summary>
    private const int MostCheckpoints = 12;

    /// <summary>Agreement that the project promises.</summary>
    private const double Tolerance = 1e-5;

    public Html Sections() => Html.Of($"{Compared()}{Exported()}{Others()}");

    /// <summary>Only for additions: the published run is one.</summary>
    private Html Compared()
    {
        if (run.Row.Addition is null) return default;
        var comparison = new Comparison(run);
        var note = comparison.Absence is { } reason
            ? Html.Of($"<p>The reference column is empty because this run has other settings than the published one behind Figure 4 (d): {reason}.</p>\n")
            : Html.Of($"<p>The reference column holds what the authors' released code gives for the same seed and settings, the run behind Figure 4 (d). The last digits of losses move between machines.</p>\n");
        return Html.Of(
            $"""
            <section aria-labelledby="compared"><h2 id="compared">Paper, reference code, this run</h2>
            <p>The paper is <cite>Towards Understanding Grokking: An Effective Theory of Representation Learning</cite>. Of this picture it says that the embeddings, “manually normalized to zero mean and unit variance”, agree qualitatively with its theory, and that both take about 3 n<sub>h</sub> steps to converge to the line.</p>
            {note}{Tables.Of("Paper, reference code and this run", ["Quantity", "Paper", "Reference code", "This run", "Agreement"], comparison.Rows.Select(row => (string[])[row.Quantity, row.Paper, row.Reference ?? Numbers.None, row.Here, row.Agreement ?? Numbers.None]))}</section>

            """);
    }

    private Html Exported()
    {
        const string heading = "<section aria-labelledby=\"exported\"><h2 id=\"exported\">The exported model is the model</h2>\n";
        if (run.Analysis is not { Count: > 0 } rows)
            return Html.Of($"{new Html(heading)}<p>There is no analysis of this run's exported models. The analyze stage writes it.</p></section>\n");
        return Html.Of(
            $"""
            {new Html(heading)}<p>Each checkpoint was exported to ONNX and run again by ONNX Runtime, which knows nothing of the trainer. {Verdict(rows)}</p>
            {Tables.Of("Accuracies of exported checkpoints by ONNX Runtime, beside the trainer's", Head(), Shown(rows).Select(Cells), numeric: true)}<p class="note">{Numbers.Counted(rows.Count, "checkpoint")} analysed{(rows.Count > MostCheckpoints ? ", some shown" : "")}. The trainer's accuracy is given where it was recorded for the very same parameters.{(run.Row.HasRqi ? " Predicted accuracy is the share of all pairs that the parallelograms in the embedding answer." : "")} Differences are relative to the largest output.</p></section>

            """);
    }

    private static string Verdict(IReadOnlyList<AnalysisRow> rows)
    {
        var differences = rows.Where(row => row.OutputDifference is not null).Select(row => row.OutputDifference!.Value).ToArray();
        if (differences.Length == 0) return "The trainer's own outputs were not at hand, so they are not compared here.";
        var largest = differences.Max();
        return $"Over {Numbers.Counted(differences.Length, "checkpoint")} its outputs differ from the trainer's by at most {Numbers.Magnitude(largest)} of the largest output{(largest <= Tolerance ? "" : $", more than the {Numbers.Magnitude(Tolerance)} that rounding explains")}.";
    }

    /// <summary>At most <see cref="MostCheckpoints"/> rows, evenly chosen, the first and the last among them.</summary>
    private static IEnumerable<AnalysisRow> Shown(IReadOnlyList<AnalysisRow> rows) => Statistics.Spread(rows.Count, MostCheckpoints).Select(i => rows[i]);

    private string[] Head() =>
    [
        "Step", "Train, ONNX Runtime", "Train, trainer", "Validation, ONNX Runtime", "Validation, trainer", .. run.Row.HasRqi ? (string[])["RQI", "Predicted accuracy"] : [], "Largest output difference",
    ];

    private string[] Cells(AnalysisRow row)
    {
        var isLast = row.Step == run.Row.Steps;
        // In the reference convention, training accuracy at step t belongs to the parameters after t + 1 updates.
        var train = isLast ? run.Row.Number("final_train_accuracy") : run.TrainAccuracy.At(row.Step - (run.Row.IsReferenceConvention ? 1 : 0));
        var validation = isLast ? run.Row.Number("final_validation_accuracy") : run.ValidationAccuracy.At(row.Step);
        return
        [
            Numbers.Count(row.Step), Numbers.Percent(row.TrainAccuracy), Numbers.Percent(train), Numbers.Percent(row.ValidationAccuracy), Numbers.Percent(validation),
            .. run.Row.HasRqi ? (string[])[Numbers.Fraction(row.Rqi), Numbers.Percent(row.PredictedAccuracy)] : [], Numbers.Magnitude(row.OutputDifference),
        ];
    }

    private Html Others()
    {
        if (runs.Count < 2) return default;
        var hasRqi = runs.Any(row => row.HasRqi);
        return Html.Of(
            $"""
            <section aria-labelledby="runs"><h2 id="runs">All runs</h2>
            <p>This page shows the first of {Numbers.Count(runs.Count)} runs in detail.</p>
            {Tables.Of("All runs", ["Run", "Seed", "Phase", "Train step", "Validation step", .. hasRqi ? (string[])["RQI step"] : [], "Validation accuracy at the end"], runs.Select(row => (string[])
            [
                row.ShortId, Numbers.Setting(row.Value("seed")), row.Phase, Numbers.StepOrNever(row.TrainStep), Numbers.StepOrNever(row.ValidationStep), .. hasRqi ? (string[])[Numbers.StepOrNever(row.RqiStep)] : [],
                Numbers.Percent(row.Number("final_validation_accuracy")),
            ]), numeric: true)}</section>

            """);
    }
}
