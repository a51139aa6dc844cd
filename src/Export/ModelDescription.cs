using System.Text;
using Goldilocks.Graph;

namespace Goldilocks.Export;

/// <summary>Texts for people who open the model in a viewer: what it computes, what goes in and what comes out.</summary>
internal static class ModelDescription
{
    private const string GroupPrefix = "group_";

    /// <summary>The graph with a description from its metadata; texts that inputs and outputs already have are kept.</summary>
    public static ModelGraph Describe(ModelGraph graph)
    {
        var inputs = graph.Inputs.Select(input => input.Doc.Length > 0 ? input : input with { Doc = Input(input.Name, graph.Metadata) }).ToArray();
        var outputs = graph.Outputs.Select(output => output.Doc.Length > 0 ? output : output with { Doc = Output(output.Name, graph.Metadata) }).ToArray();
        var text = new StringBuilder();
        if (graph.Doc.Length > 0) text.Append(graph.Doc.TrimEnd()).Append("\n\n");
        text.Append(Origin(graph.Metadata)).Append("\n\nInputs (one row per sample):\n");
        foreach (var input in inputs) Line(text, input);
        text.Append("\nOutputs:\n");
        foreach (var output in outputs) Line(text, output);
        return graph with { Inputs = inputs, Outputs = outputs, Doc = text.ToString() };
    }

    private static void Line(StringBuilder text, ValueInfo value)
    {
        text.Append("- ").Append(value.Name).Append(": ").Append(value.Type).Append(" [").AppendJoin(", ", value.Shape).Append(']');
        if (value.Doc.Length > 0) text.Append(". ").Append(value.Doc);
        text.Append('\n');
    }

    /// <summary>One sentence each: the task, the run, the step.</summary>
    private static string Origin(IReadOnlyDictionary<string, string> metadata)
    {
        var sentences = new List<string>();
        if (Task(metadata) is { } task)
            sentences.Add($"A network trained on {task}{(metadata.TryGetValue("p", out var p) ? $" over {p} symbols" : "")}.");
        var facts = new List<string>();
        foreach (var (key, label) in ((string, string)[])[("recipe", "recipe"), ("convention", "convention"), ("loss", "loss"), ("run", "run")])
            if (metadata.TryGetValue(key, out var value)) facts.Add($"{label} {value}");
        if (facts.Count > 0) sentences.Add($"It comes from {string.Join(", ", facts)}.");
        if (metadata.TryGetValue("step", out var step)) sentences.Add($"The weights are those after training step {step}.");
        return sentences.Count > 0 ? string.Join(' ', sentences) : "A network whose checkpoint says nothing about its training.";
    }

    private static string? Task(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault("task") switch
    {
        null => null,
        "add" => "addition (a + b)",
        var group when group.StartsWith(GroupPrefix, StringComparison.Ordinal) => $"multiplication (a·b) in the group {group[GroupPrefix.Length..]}",
        var other => $"the task {other}",
    };

    private static string Input(string name, IReadOnlyDictionary<string, string> metadata)
    {
        var range = metadata.TryGetValue("p", out var p) && long.TryParse(p, out var symbols) ? $", 0 to {symbols - 1}" : "";
        return name switch
        {
            "a" => $"The first symbol{range}.",
            "b" => $"The second symbol{range}.",
            _ => "",
        };
    }

    private static string Output(string name, IReadOnlyDictionary<string, string> metadata) => name switch
    {
        "output" => "What the decoder computes; training draws it towards the target vector of the right answer.",
        "logits" => "One score per class; the class with the largest score is the prediction"
            + (metadata.GetValueOrDefault("task") == "add" ? " (class k: a + b = k)." : "."),
        _ => "",
    };
}
