using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>All samples of a task as a model takes them, in canonical order, with their classes.</summary>
/// <param name="Key">Equal for equal sets.</param>
/// <param name="Classes">C.</param>
/// <param name="Labels">The right class of each sample.</param>
/// <param name="Inputs">The model's inputs, by name.</param>
internal sealed record EvaluationSet(string Key, int Classes, int[] Labels, IReadOnlyList<EvaluationInput> Inputs)
{
    public int Count => Labels.Length;

    /// <summary>Whether a graph takes these inputs and no others.</summary>
    public bool Fits(ModelGraph graph) => graph.Inputs.Count == Inputs.Count && graph.Inputs.All(input => Inputs.Any(mine => mine.Fits(input)));
}

/// <summary>One input of all samples.</summary>
internal abstract record EvaluationInput(string Name)
{
    public abstract bool Fits(ValueInfo input);

    public abstract void Bind(OrtBinding binding);

    /// <summary>The input as one tensor.</summary>
    public abstract OrtTensor Tensor { get; }
}

/// <summary>A symbol of each sample, INT64 [B].</summary>
internal sealed record SymbolInput(string Name, long[] Symbols) : EvaluationInput(Name)
{
    public override bool Fits(ValueInfo input) => input.Name == Name && input is { Type: ElementType.Int64, Shape: [{ IsSymbolic: true }] };

    public override void Bind(OrtBinding binding) => binding.Input<long>(Name, Symbols, Symbols.Length);

    public override OrtTensor Tensor => OrtTensor.Of(Symbols, Symbols.Length);
}

/// <summary>Numbers of each sample, FLOAT [B, columns].</summary>
internal sealed record NumberInput(string Name, int Columns, float[] Values) : EvaluationInput(Name)
{
    public override bool Fits(ValueInfo input) => input.Name == Name && input is { Type: ElementType.Float32, Shape: [{ IsSymbolic: true }, var columns] } && columns.Size == Columns;

    public override void Bind(OrtBinding binding) => binding.Input<float>(Name, Values, Values.Length / Columns, Columns);

    public override OrtTensor Tensor => OrtTensor.Of(Values, Values.Length / Columns, Columns);
}
