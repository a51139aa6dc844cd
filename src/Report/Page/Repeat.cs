namespace Goldilocks.Report;

/// <summary>How to repeat it: command, configuration, environment, files.</summary>
internal sealed class Repeat(ReportInput input, RunRow run, TableLinks links, IReadOnlyList<Figure> figures)
{
    public Html Sections() => Html.Of(
        $"""
        <section aria-labelledby="repeat"><h2 id="repeat">Repeat it</h2>
        <p>This command makes everything on this page again; the same configuration gives the same tables, byte for byte, on processors with the same instruction set.</p>
        <pre><code>{input.Command}</code></pre>
        <h3>Configuration</h3>
        <p>Run <code>{run.Id}</code></p>
        {Tables.Of("The run's settings", ["Setting", "Value"], run.Settings.Select(setting => (string[])[setting.Key, Numbers.Setting(setting.Value)]))}{Made()}<h3>Files</h3>
        <p>The numbers lie in Parquet files, in reach of Python, R, DuckDB and many others; every column carries its description.</p>
        {Tables.Of("Tables", ["File", "What it holds"], Files())}<pre><code>import pandas
        curves = pandas.read_parquet("{links.Train("curves")}")
        curves[curves.metric == "accuracy"].pivot_table(index="step", columns="split", values="value").plot()</code></pre>
        <pre><code>duckdb -c "SELECT seed, phase, train_accuracy_step, validation_accuracy_step, rqi_step FROM '{links.Train("runs")}'"</code></pre>
        <p>The pictures of this page: {figures.Select(figure => Html.Of($"<a href=\"figures/{figure.Id}.svg\">{figure.Id}.svg</a> <a href=\"figures/{figure.Id}.png\">.png</a> "))}</p></section>

        """);

    private Html Made() => input.Environment.Count == 0
        ? default
        : Html.Of($"<h3>Environment</h3>\n{Tables.Of("What it was made on", ["Part", "Version"], input.Environment.Select(entry => (string[])[entry.Key, entry.Value]))}");

    private IEnumerable<string[]> Files()
    {
        yield return [links.Train("runs"), "one row per run: its settings, the first steps at which thresholds were reached (null: never), the phase, and where it ended"];
        yield return [links.Train("curves"), "loss and accuracy on train and validation, and RQI: run, step, split, metric, value"];
        yield return [links.Train("embeddings"), "the embeddings as trained, not normalised: run, step, symbol, dimension, value"];
        if (links.Analyze("analysis") is { } analysis) yield return [analysis, "one row per checkpoint: accuracies by ONNX Runtime, representation measures, difference from the trainer"];
    }
}
