namespace Goldilocks.Theory;

/// <summary>The predicted time scale under one convention.</summary>
/// <param name="Convention"><c>paper</c> or <c>reference</c>.</param>
/// <param name="Lambda3">λ3 as that convention defines it: of H = 2AᵀA/(|P0(D)| Z0), or of AᵀA.</param>
/// <param name="Rate">Third smallest eigenvalue of H; the reference code's H is not divided by |P0(D)|.</param>
/// <param name="RelaxationSteps">n_h = 1/(rate · η); null when the linear structure is not unique.</param>
/// <param name="ExpectedSteps">3 n_h; null when the linear structure is not unique.</param>
public sealed record TimeScale(string Convention, double Lambda3, double Rate, double? RelaxationSteps, double? ExpectedSteps);
