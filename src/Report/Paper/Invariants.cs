namespace Goldilocks.Report;

/// <summary>Loss and conserved quantities of the effective theory at a step.</summary>
/// <param name="Step">Steps of size η.</param>
/// <param name="Loss">ℓ0.</param>
/// <param name="SquaredNorm">Z0.</param>
internal sealed record Invariants(long Step, double Loss, double SquaredNorm);
