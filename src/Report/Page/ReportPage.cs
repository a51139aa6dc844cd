namespace Goldilocks.Report;

/// <summary>The page of one run, with the others listed.</summary>
internal sealed class ReportPage(ReportInput input, ReportData data, IReadOnlyList<Figure> figures, TableLinks links)
{
    public string Write()
    {
        var run = data.First;
        var story = new Story(run, figures);
        var repeat = new Repeat(input, new RunGroup([run.Row]), [.. figures.Select(figure => figure.Id)], Files());
        return new PageShell(input.Title) { Charts = figures, Links = links.FromIndex }.Write(
            Terms.Identity(run.Row), PhaseSummary.Of(run), Html.Of($"{story.Milestones()}{Walk()}"),
            Html.Of($"{story.Sections()}{new Evidence(run, data.Runs).Sections()}{repeat.Section(Examples())}"));
    }

    private Html Walk() => links.FirstRun is not { } first ? default : Html.Of(
        $"""
        <p><a href="{RunPage.Address(first)}">Walk through this training step by step</a>: drag along its curves and see what the network had made of the symbols at that very step.</p>

        """);

    private bool HasEmbedding => data.First.Row.Value("embedding_dimension") is not null;

    private IEnumerable<(string? Path, string Holds)> Files() =>
    [
        (links.Train("runs"), "one row per run: its settings, the first steps at which thresholds were reached (null: never), the phase, and where it ended"),
        (links.Train("curves"), $"loss and accuracy on train and validation{(data.First.Row.HasRqi ? ", RQI" : "")}{(data.First.EffectiveDimension.Steps.Count > 0 ? ", effective dimension" : "")}: run, step, split, metric, value"),
        (HasEmbedding ? links.Train("embeddings") : null, "the embeddings as trained, not normalised: run, step, symbol, dimension, value"),
        (links.Analyze("analysis"), "one row per checkpoint: accuracies by ONNX Runtime, representation measures, difference from the trainer"),
    ];

    private Html Examples() => Html.Of(
        $"""
        <pre tabindex="0"><code>import pandas
        curves = pandas.read_parquet("{links.Train("curves")}")
        curves[curves.metric == "accuracy"].pivot_table(index="step", columns="split", values="value").plot()</code></pre>
        <pre tabindex="0"><code>duckdb -c "SELECT seed, phase, train_accuracy_step, validation_accuracy_step{(data.First.Row.HasRqi ? ", rqi_step" : "")} FROM '{links.Train("runs")}'"</code></pre>

        """);
}
