using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>Puts nodes behind a model that make an output <c>logits</c> [B, C] of its own: of [B, T, C] the last position, and of p + 1 scores those of the symbols.</summary>
/// <param name="editor">The model.</param>
/// <param name="samples">All pairs of its task.</param>
internal sealed class OutputConversion(GraphEditor editor, SampleSet samples)
{
    private const string Wanted = "logits";

    /// <summary>What the output was taken for.</summary>
    public string Layout { get; private set; } = "";

    /// <summary>The name of the output that was taken.</summary>
    public string Taken { get; private set; } = "";

    /// <summary>Whether a graph gives logits [B, C] already.</summary>
    public static bool IsNone(ModelGraph graph) => graph.Outputs.Any(output => output is { Name: Wanted, Type: ElementType.Float32, Shape: [{ IsSymbolic: true }, { IsSymbolic: false }] });

    /// <summary>Adds the nodes.</summary>
    /// <param name="name">The output that is meant; null: found.</param>
    /// <param name="equals">Whether the model has a symbol more than the task, which it may score too.</param>
    /// <returns>The new outputs.</returns>
    /// <exception cref="NotMeasurableException">No output, or several, might be the scores.</exception>
    public IReadOnlyList<ValueInfo> Run(string? name, bool equals)
    {
        var output = Choose(name);
        if (output.Shape[0] is { IsSymbolic: false, Size: var batch } && batch != samples.Count)
            throw new NotMeasurableException($"the model scores {batch} samples at a time, the task has {samples.Count}; export it with a dynamic batch");
        var value = editor.Free(Wanted) is var moved && output.Name == Wanted ? moved : output.Name;
        (Taken, Layout) = (output.Name, "scores");
        editor.GoBehind();
        if (output.Shape.Count == 3)
        {
            value = editor.Apply("Gather", [value, editor.Constant(Tensor.Of([-1L]))], null, new Dictionary<string, AttributeValue> { ["axis"] = 1L });
            Layout = "scores of the last position";
        }

        var columns = output.Shape[^1].IsSymbolic ? samples.Classes : output.Shape[^1].Size;
        if (equals && columns == samples.Classes + 1)
        {
            columns = samples.Classes;
            value = editor.Apply("Slice", [value, editor.Constant(Tensor.Of([0L], 1)), editor.Constant(Tensor.Of([columns], 1)), editor.Constant(Tensor.Of([1L], 1))]);
            Layout += ", without that of the third token";
        }

        editor.Apply("Identity", [value], Wanted);
        return [new ValueInfo(Wanted, ElementType.Float32, [Dimension.Batch, columns])];
    }

    private ValueInfo Choose(string? name)
    {
        var outputs = editor.Original.Outputs.Where(output => output is { Type: ElementType.Float32, Shape.Count: 2 or 3 }).ToArray();
        if (outputs.FirstOrDefault(output => output.Name == (name ?? Wanted)) is { } named) return named;
        if (name is not null) throw new NotMeasurableException("the output that --logits names is no tensor of 32-bit numbers [B, C] or [B, T, C]");
        var fitting = outputs.Where(output => output.Shape[^1].Size == samples.Classes).ToArray();
        return outputs is [var only] ? only : fitting is [var fits] ? fits
            : throw new NotMeasurableException($"{(outputs.Length == 0 ? "no output" : $"{outputs.Length} outputs")} of 32-bit numbers [B, C] or [B, T, C] might be the logits{(outputs.Length == 0 ? "" : "; name one with --logits")}");
    }
}
