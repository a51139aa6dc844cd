using System.Globalization;

namespace Goldilocks.Analyze;

/// <summary>The analysis as a person reads it on a terminal.</summary>
internal static class AnalysisText
{
    private static readonly (string Heading, string Column, string Format)[] Shown =
    [
        ("train", "train_accuracy", "0.000"),
        ("validation", "validation_accuracy", "0.000"),
        ("all", "accuracy", "0.000"),
        ("RQI", "rqi", "0.000"),
        ("Acc^", "predicted_accuracy", "0.000"),
        ("eff.dim", "effective_dimension", "0.00"),
        ("|weights|", "weight_norm", "0.000"),
        ("|embedding|", "embedding_norm", "0.000"),
        ("vs trainer", "output_difference", "0.0e+00"),
    ];

    public static void Write(TextWriter writer, Analysis analysis, TimeSpan time)
    {
        if (analysis.Rows.Count > 0) WriteTable(writer, analysis.Rows);
        foreach (var notes in analysis.Rows.Where(row => row.Note is not null).GroupBy(row => row.Note, row => row.Model))
        {
            var models = notes.ToArray();
            writer.WriteLine($"note: {models[0]}{(models.Length > 1 ? $" and {models.Length - 1} more" : "")}: {notes.Key}");
        }

        var summary = analysis.Summary;
        var compared = summary.Compared == 0 ? "" : Text($"; {summary.Compared} compared with the trainer, largest difference {summary.LargestDifference:0.0e+00} of the largest output");
        writer.WriteLine(Text($"{Count(summary.Models, "model")}, {Count(summary.Sessions, "session")}, {time.TotalSeconds:0.00} s{compared}"));
        if (summary.Models > 0)
        {
            var times = analysis.Times.OrderByDescending(entry => entry.Value).Select(entry => Text($"{entry.Key} {entry.Value.TotalMilliseconds / summary.Models:0.00}"));
            writer.WriteLine($"milliseconds per model: {string.Join(", ", times)}");
        }
    }

    private static void WriteTable(TextWriter writer, IReadOnlyList<AnalysisRow> rows)
    {
        string[][] lines =
        [
            ["run", "step", .. Shown.Select(column => column.Heading)],
            .. rows.Select(row => (string[])
            [
                row.Run is { } run ? ModelSeries.Show(run) : row.Model,
                row.Step?.ToString(CultureInfo.InvariantCulture) ?? "",
                .. Shown.Select(column => row[column.Column]?.ToString(column.Format, CultureInfo.InvariantCulture) ?? "-"),
            ]),
        ];
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines) writer.WriteLine(string.Join("  ", line.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
    }

    private static string Count(int count, string noun) => Text($"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
