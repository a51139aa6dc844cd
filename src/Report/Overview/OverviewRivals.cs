using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The accounts of grokking, model beside model: what the pages of the rivals say one by one, in one table.</summary>
/// <param name="models">Pipelines and what their runs say of each measure, at least two.</param>
internal sealed class OverviewRivals(IReadOnlyList<(OverviewEntry Entry, IReadOnlyList<RivalRow> Rows)> models)
{
    /// <summary>The section; nothing where fewer than two models have been compared.</summary>
    /// <exception cref="GoldilocksException">A table is damaged or of another schema.</exception>
    public static Html Section(IEnumerable<OverviewEntry> entries)
    {
        using var engine = new QueryEngine(threads: 1);
        (OverviewEntry, IReadOnlyList<RivalRow>)[] models =
        [
            .. entries.Where(entry => entry is { Made: not null, AnalyzeFolder: { } folder } && File.Exists(Path.Combine(folder, "rivals.parquet")))
                .Select(entry => (entry, RivalData.ReadRows(engine, entry.AnalyzeFolder!, CancellationToken.None))).Where(model => model.Item2.Length > 0),
        ];
        return models.Length < 2 ? default : new OverviewRivals(models).Section();
    }

    private Html Section()
    {
        string[] measures = [.. models.SelectMany(model => model.Rows.Select(row => row.Measure.Column)).Distinct().Where(measure => models.Any(model => Factor(model.Rows, measure) is not null)).OrderByDescending(Mean).ThenBy(measure => measure, StringComparer.Ordinal)];
        string[] compared = [.. measures.Where(measure => models.All(model => Factor(model.Rows, measure) is not null))];
        string[] first = [.. compared.Where(measure => models.All(model => Factor(model.Rows, measure) > 1))];
        var late = compared.Count(measure => models.All(model => Factor(model.Rows, measure) < 1));
        return Html.Of(
            $"""
            <section aria-labelledby="rivals"><h2 id="rivals">The accounts of grokking, model beside model</h2>
            <p>A dozen accounts say what changes inside a network before it generalises. The same measures were taken of {Names()}. Of {Numbers.Counted(compared.Length, "measure")} that all of them have, {Numbers.Count(first.Length)} are half-way before the validation accuracy in every one{(first.Length == 0 ? "" : $" ({string.Join(", ", first.Select(Label))})")}, {Numbers.Count(late)} after it in every one, and {Numbers.Count(compared.Length - first.Length - late)} here before and there after: what moves first depends on the model. A lead is no cause, and half-way has a definition: each model's page tells more.</p>
            <div class="wide">{Tables.Of("Lead over the validation accuracy (above 1: first), and correlation with the step of generalisation among runs of one weight decay", ["Measure", .. models.SelectMany(model => (string[])[$"{model.Entry.Name}: lead factor", $"{model.Entry.Name}: within"])], measures.Select(measure => (string[])
            [
                $"{Account(measure)}: {Label(measure)}", .. models.SelectMany(model => (string[])[Word(Factor(model.Rows, measure)), Numbers.Signed(Row(model.Rows, measure)?.Within)]),
            ]), numeric: true)}</div></section>

            """);
    }

    private Html Names() => Html.Join(models.Select((model, i) => Html.Of($"{(i == 0 ? "" : i == models.Count - 1 ? " and " : ", ")}{Numbers.Counted(model.Entry.Made!.Runs, "run")} of <code>{model.Entry.Name}</code>")));

    private double Mean(string measure) => models.Select(model => Factor(model.Rows, measure)).OfType<double>().Average(Math.Log);

    private string Label(string measure) => Measure(measure).Label;

    private string Account(string measure) => Measure(measure).Account;

    private RivalMeasure Measure(string measure) => models.Select(model => Row(model.Rows, measure)).OfType<RivalRow>().First().Measure;

    private static RivalRow? Row(IReadOnlyList<RivalRow> rows, string measure) => rows.FirstOrDefault(row => row.Measure.Column == measure);

    private static double? Factor(IReadOnlyList<RivalRow> rows, string measure) => Row(rows, measure)?.Factor is { } factor and > 0 ? factor : null;

    private static string Word(double? factor) => factor is { } known ? Numbers.Parameter(known) : Numbers.None;
}
