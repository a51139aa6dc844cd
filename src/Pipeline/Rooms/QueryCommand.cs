using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Pipeline;

/// <summary><c>query "SELECT ..." [--pipeline NAME] [--json]</c>: SQL over a pipeline's tables.</summary>
internal static class QueryCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var sql = new Argument<string>("sql") { Description = "A query over the views runs, curves, embeddings, timings, analysis, ...: one for each table of the pipeline." };
        var pipeline = new Option<string>("--pipeline") { Description = "Whose tables: a pipeline, or NAME.PRESET.", DefaultValueFactory = _ => "quickstart", HelpName = "NAME" };
        var common = new CommonOptions();
        var command = new Command("query", "Ask the Parquet tables in SQL (DuckDB).") { sql, pipeline, common.File, common.Artifacts, common.Json };
        command.SetAction((parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(pipeline);
            var folder = Path.Combine(common.Workspace(parsed).Artifacts, name);
            using var engine = new QueryEngine();
            if (engine.RegisterFolder("main", folder) == 0) throw new GoldilocksException($"pipeline \"{name}\" has no tables in {folder}; run it first: ./goldilocks run {name}");
            var result = engine.Query(parsed.GetRequiredValue(sql), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(common.Json))
            {
                var rows = result.Rows.Select(row => result.Columns.Zip(row).ToDictionary(pair => pair.First.Name, pair => pair.Second));
                output.WriteLine(JsonSerializer.Serialize(rows, Indented));
            }
            else
            {
                Print(result, output);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static void Print(QueryResult result, TextWriter output)
    {
        string[][] cells = [[.. result.Columns.Select(column => column.Name)], .. result.Rows.Select(row => row.Select(Text).ToArray())];
        var widths = Enumerable.Range(0, result.Columns.Count).Select(column => cells.Max(row => row[column].Length)).ToArray();
        foreach (var row in cells) output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine($"({result.RowCount} {(result.RowCount == 1 ? "row" : "rows")})");
    }

    private static string Text(object? value) => value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
