namespace Goldilocks.Graph.Compile;

/// <summary>One entry of a plan's flat list.</summary>
/// <param name="Name">Node and part, for profiles.</param>
/// <param name="Flops">Floating-point operations of its matrix products; 0 for elementwise work.</param>
/// <param name="Run">Does the work; allocates nothing.</param>
public sealed record Kernel(string Name, long Flops, Action Run);
