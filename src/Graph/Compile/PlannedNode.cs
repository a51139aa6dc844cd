using Goldilocks.Graph.Operators;

namespace Goldilocks.Graph.Compile;

/// <summary>A node with its values resolved to slots, and with what the planner fused into it.</summary>
internal sealed record PlannedNode(Node Node, IReadOnlyList<Slot> Inputs, IReadOnlyList<Slot> Outputs, InferenceContext Context)
{
    /// <summary>The first output, which most operators have alone.</summary>
    public Slot Output => Outputs[0];

    /// <summary>A <c>MatMul</c> whose second operand has its last two axes exchanged: a <c>Transpose</c> in front of it is not carried out.</summary>
    public bool TransposeB { get; init; }

    /// <summary>A row that is added to the result of a <c>MatMul</c>: the <c>Add</c> behind it.</summary>
    public Slot? AddedRow { get; init; }
}
