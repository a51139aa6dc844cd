using Goldilocks.Graph.Operators;

namespace Goldilocks.Graph.Compile;

/// <summary>A node with its values resolved to slots.</summary>
internal sealed record PlannedNode(Node Node, IReadOnlyList<Slot> Inputs, Slot Output, InferenceContext Context);
