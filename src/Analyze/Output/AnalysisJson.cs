using System.Text;
using System.Text.Json;

namespace Goldilocks.Analyze;

/// <summary>The analysis for machines: the table's columns by name, and what failed. Infinities and NaN, which JSON lacks, become text.</summary>
internal static class AnalysisJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static string Write(Analysis analysis, TimeSpan time)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("models");
            foreach (var row in analysis.Rows)
            {
                json.WriteStartObject();
                foreach (var (name, value) in AnalysisTable.Cells(row)) Write(json, name, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("failures");
            foreach (var failure in analysis.Failures) json.WriteStringValue(failure.Message);
            json.WriteEndArray();
            json.WriteNumber("sessions", analysis.Sessions);
            Write(json, "largest_difference", analysis.Summary.LargestDifference);
            json.WriteNumber("seconds", time.TotalSeconds);
            json.WriteStartObject("seconds_by_measure");
            foreach (var (measure, spent) in analysis.Times.OrderBy(entry => entry.Key, StringComparer.Ordinal)) json.WriteNumber(measure, spent.TotalSeconds);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case long whole: json.WriteNumber(name, whole); break;
            case int whole: json.WriteNumber(name, whole); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case double number: json.WriteString(name, number.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            default: json.WriteString(name, (string)value); break;
        }
    }
}
