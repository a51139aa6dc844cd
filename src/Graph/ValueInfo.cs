namespace Goldilocks.Graph;

/// <summary>A named, typed input or output of a graph.</summary>
public sealed record ValueInfo(string Name, ElementType Type, IReadOnlyList<Dimension> Shape, string Doc = "");
