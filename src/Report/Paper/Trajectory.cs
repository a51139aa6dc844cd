namespace Goldilocks.Report;

/// <summary>What the effective theory says of ten numbers under one convention.</summary>
/// <param name="Convention">"paper" or "reference".</param>
/// <param name="Points">Normalised values by step and symbol.</param>
/// <param name="RelaxationSteps">n_h = 1/(λ3 η).</param>
/// <param name="First">Loss and conserved quantities at the start.</param>
/// <param name="Last">The same at the end.</param>
/// <param name="LargestCentre">Largest distance of the centre from 0.</param>
internal sealed record Trajectory(
    string Convention, IReadOnlyList<(long Step, long Symbol, double Value)> Points, double RelaxationSteps, Invariants First, Invariants Last, double LargestCentre);
