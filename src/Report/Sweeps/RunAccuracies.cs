namespace Goldilocks.Report;

/// <summary>The recorded accuracies of one run, thinned.</summary>
/// <param name="Steps">Ascending.</param>
/// <param name="Train">Fractions at these steps; NaN where there is none.</param>
/// <param name="Validation">Likewise.</param>
internal sealed record RunAccuracies(IReadOnlyList<long> Steps, IReadOnlyList<double> Train, IReadOnlyList<double> Validation);
