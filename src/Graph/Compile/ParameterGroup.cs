using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>Parameters that share an optimiser setting.</summary>
/// <param name="Parameters">Names of Float32 initializers.</param>
/// <param name="Options">AdamW's hyperparameters for them.</param>
public sealed record ParameterGroup(IReadOnlyList<string> Parameters, AdamWOptions Options);
