namespace Goldilocks.Theory;

/// <summary>How one pattern is learned: accuracy(t) = γ/(1 + e^(−α(t − b))) (Davies et al. 2023).</summary>
/// <param name="Plateau">γ; above 1 is possible for a curve that ends before its plateau.</param>
/// <param name="Rate">α in 1/steps, positive.</param>
/// <param name="Midpoint">b in steps, where the accuracy is γ/2.</param>
public sealed record AccuracyPattern(double Plateau, double Rate, double Midpoint)
{
    /// <summary>A curve that never rises by this much has no pattern.</summary>
    private const double SmallestRise = 0.1;

    /// <summary>Largest rate times the smallest spacing of the steps: there, a rise takes place between two neighbours.</summary>
    private const double SharpestRise = 20;

    /// <summary>Least-squares fit; the best descent from several starts, so it depends on nothing but the points.</summary>
    /// <param name="steps">t, ascending.</param>
    /// <param name="accuracies">As many, 0..1.</param>
    /// <returns>
    /// Null when no accuracy is at least 0.1 above an earlier one. A rise between two neighbouring steps does not determine the rate; the one
    /// returned is then large, at most 20 over the smallest spacing, and the midpoint lies between the two.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, or the steps do not ascend.</exception>
    public static AccuracyPattern? Fit(ReadOnlySpan<double> steps, ReadOnlySpan<double> accuracies)
    {
        if (steps.Length != accuracies.Length) throw new ArgumentException($"{steps.Length} steps have {accuracies.Length} accuracies", nameof(accuracies));
        var (lowest, rise) = (double.PositiveInfinity, 0.0);
        foreach (var accuracy in accuracies)
        {
            lowest = Math.Min(lowest, accuracy);
            rise = Math.Max(rise, accuracy - lowest);
        }

        if (!(rise >= SmallestRise)) return null;
        var (origin, range) = (steps[0], steps[^1] - steps[0]);
        var times = new double[steps.Length];
        var spacing = 1.0;
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = (steps[i] - origin) / range;
            if (i == 0) continue;
            if (!(steps[i] > steps[i - 1])) throw new ArgumentException($"step {steps[i]} follows {steps[i - 1]}", nameof(steps));
            spacing = Math.Min(spacing, times[i] - times[i - 1]);
        }

        var (values, sharpest) = (accuracies.ToArray(), Math.Log(SharpestRise / spacing));
        var best = Starts(times, values, sharpest)
            .Select(start => LogisticCurve.Descend(times, values, start.LogRate, start.Midpoint, sharpest)).MinBy(fit => fit.Residual).Curve;
        return new AccuracyPattern(best.Plateau, Math.Exp(best.LogRate) / range, origin + (best.Midpoint * range));
    }

    /// <summary>Slower and faster than the quarter-to-three-quarter rise about the half height, and wide curves anywhere.</summary>
    private static IEnumerable<(double LogRate, double Midpoint)> Starts(double[] times, double[] values, double sharpest)
    {
        var highest = values.Max();
        var quarters = Crossing(0.75) - Crossing(0.25);
        var logRate = quarters > 0 ? Math.Min(Math.Log(2 * Math.Log(3) / quarters), sharpest) : sharpest;
        foreach (var change in (double[])[-2, 0, 2]) yield return (logRate + change, Crossing(0.5));
        foreach (var midpoint in (double[])[0.25, 0.5, 0.75])
        {
            yield return (Math.Log(10), midpoint);
            yield return (Math.Log(60), midpoint);
        }

        double Crossing(double share) => times[Array.FindIndex(values, value => value >= share * highest)];
    }
}
