using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>The trainer's own outputs for one checkpoint.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Outputs">By output name: [samples, columns], samples in canonical order.</param>
internal sealed record Witness(string Path, IReadOnlyList<KeyValuePair<string, Tensor>> Outputs);
