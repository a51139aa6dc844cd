using System.Text;
using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>Architectures for machines.</summary>
internal static class InspectionJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static string Write(IReadOnlyList<ModelInspection> inspections, IReadOnlyList<GoldilocksException> failures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("architectures");
            foreach (var inspection in inspections) Write(json, inspection);
            json.WriteEndArray();
            Texts(json, "failures", failures.Select(failure => failure.Message));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, ModelInspection inspection)
    {
        var (source, foreign) = (inspection.First.Source, inspection.First.Foreign);
        json.WriteStartObject();
        Texts(json, "models", inspection.Models);
        json.WriteNumber("opset", source.OpsetVersion);
        Values(json, "inputs", source.Inputs);
        json.WriteString("input_layout", foreign?.InputLayout);
        Values(json, "outputs", source.Outputs);
        json.WriteString("logits", foreign?.Logits);
        json.WriteString("output_layout", foreign?.OutputLayout);
        json.WriteString("not_run", foreign?.Obstacle);
        json.WriteStartObject("nodes");
        foreach (var (operation, count) in inspection.Operators) json.WriteNumber(operation, count);
        json.WriteEndObject();
        json.WriteStartArray("initializers");
        foreach (var (name, tensor) in source.Initializers) Value(json, name, tensor.Type, tensor.Shape.Select(size => new Dimension(size)));
        json.WriteEndArray();
        json.WriteString("embedding", inspection.Embedding);
        Task(json, inspection.Task);
        Split(json, inspection.Split);
        Texts(json, "measured", inspection.Measured);
        json.WriteStartObject("not_measured");
        foreach (var (measure, reason) in inspection.Missing) json.WriteString(measure, reason);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Task(Utf8JsonWriter json, InspectedTask? task)
    {
        if (task is null)
        {
            json.WriteNull("task");
            return;
        }

        json.WriteStartObject("task");
        json.WriteString("name", task.Name);
        json.WriteBoolean("stated", task.Stated);
        json.WriteNumber("samples", task.Samples);
        json.WriteNumber("classes", task.Classes);
        json.WriteEndObject();
    }

    private static void Split(Utf8JsonWriter json, InspectedSplit? split)
    {
        if (split is null)
        {
            json.WriteNull("split");
            return;
        }

        json.WriteStartObject("split");
        json.WriteBoolean("stated", split.Stated);
        json.WriteNumber("train", split.Train);
        json.WriteNumber("validation", split.Validation);
        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, string property, IEnumerable<ValueInfo> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values) Value(json, value.Name, value.Type, value.Shape);
        json.WriteEndArray();
    }

    /// <summary>A name with type and shape; open dimensions are text.</summary>
    private static void Value(Utf8JsonWriter json, string name, ElementType type, IEnumerable<Dimension> shape)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type.ToString());
        json.WriteStartArray("shape");
        foreach (var dimension in shape)
        {
            if (dimension.IsSymbolic) json.WriteStringValue(dimension.Symbol);
            else json.WriteNumberValue(dimension.Size);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string property, IEnumerable<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
