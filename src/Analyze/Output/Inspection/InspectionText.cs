using Goldilocks.Graph;
using static Goldilocks.Graph.InputFile;

namespace Goldilocks.Analyze;

/// <summary>Architectures as a person reads them on a terminal. What comes out of files is quoted.</summary>
internal static class InspectionText
{
    public static void Write(TextWriter writer, IReadOnlyList<ModelInspection> inspections)
    {
        for (var i = 0; i < inspections.Count; i++)
        {
            if (i > 0) writer.WriteLine();
            Write(writer, i + 1, inspections[i]);
        }

        writer.WriteLine();
        writer.WriteLine($"{inspections.Sum(inspection => inspection.Models.Count)} models of {inspections.Count} {(inspections.Count == 1 ? "architecture" : "architectures")}");
    }

    private static void Write(TextWriter writer, int number, ModelInspection inspection)
    {
        var (source, foreign) = (inspection.First.Source, inspection.First.Foreign);
        var others = inspection.Models.Count > 1 ? $" and {inspection.Models.Count - 1} more" : "";
        writer.WriteLine($"architecture {number}: {inspection.Models[0]}{others}, operator set {source.OpsetVersion}");
        foreach (var input in source.Inputs) writer.WriteLine($"  input        {Show(input)}");
        if (foreign?.InputLayout is { } layout) writer.WriteLine($"               taken for: {layout}");
        foreach (var output in source.Outputs) writer.WriteLine($"  output       {Show(output)}{(output.Name == foreign?.Logits ? $"  taken for: {foreign.OutputLayout}" : "")}");
        if (foreign?.Obstacle is { } obstacle) writer.WriteLine($"  not run      {obstacle}");
        writer.WriteLine($"  nodes        {string.Join(", ", inspection.Operators.Select(pair => $"{Bare(pair.Key)} {pair.Value}"))}");
        foreach (var (name, tensor) in source.Initializers)
            writer.WriteLine($"  initializer  {Quote(name)} {tensor.Type} {InputFile.Show(tensor.Shape)}{(name == inspection.Embedding ? "  the embedding" : "")}");
        writer.WriteLine($"  task         {(inspection.Task is { } task ? $"{task.Name}: {task.Samples} samples, {task.Classes} classes{By(task.Stated, "--task")}" : "not known; say it with --task, such as --task \"add mod 59\"")}");
        writer.WriteLine($"  split        {(inspection.Split is { } split ? $"{split.Train} train, {split.Validation} validation{By(split.Stated, "--split")}" : "not known; name the training pairs with --split FILE")}");
        writer.WriteLine($"  measured     {string.Join(", ", inspection.Measured)}");
        foreach (var reason in inspection.Missing.GroupBy(entry => entry.Reason, entry => entry.Measure))
            writer.WriteLine($"  not          {string.Join(", ", reason)}: {reason.Key}");
    }

    private static string By(bool stated, string option) => stated ? $" ({option})" : " (metadata)";

    private static string Show(ValueInfo value) => $"{Quote(value.Name)} {value.Type} [{string.Join(", ", value.Shape.Select(dimension => Bare(dimension.ToString())))}]";

    /// <summary>A word out of a file; words of letters need no quotes.</summary>
    private static string Bare(string word) => word.Length <= 80 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '?') ? word : Quote(word);
}
