namespace Goldilocks.Theory;

/// <summary>A power-law tail, density ∝ x^−α from a smallest value on, fitted as Clauset, Shalizi and Newman (2009) do.</summary>
/// <param name="Exponent">α, by maximum likelihood: 1 + n / Σ ln(x_i / x_min).</param>
/// <param name="Minimum">x_min, the value whose tail has the smallest Kolmogorov-Smirnov distance from its fit.</param>
/// <param name="Count">n, the values from x_min on; the exponent's standard error is (α − 1)/√n.</param>
internal sealed record PowerLawTail(double Exponent, double Minimum, int Count)
{
    /// <summary>Fewest values in a tail.</summary>
    public const int FewestValues = 5;

    /// <summary>Fits the positive values; every one of them with at least <see cref="FewestValues"/> from it on may be x_min. O(n²).</summary>
    /// <returns>Null with fewer than <see cref="FewestValues"/> positive values, or when no tail has any spread.</returns>
    public static PowerLawTail? Fit(IEnumerable<double> values)
    {
        var sorted = values.Where(value => value > 0).Order().ToArray();
        var logs = Array.ConvertAll(sorted, Math.Log);
        PowerLawTail? best = null;
        var (nearest, sum) = (double.PositiveInfinity, 0.0);
        for (var first = sorted.Length - 1; first >= 0; first--)
        {
            // Equal values belong to one tail, which starts at the first of them.
            sum += logs[first];
            var count = sorted.Length - first;
            if (count < FewestValues || sorted[first] == sorted[^1] || (first > 0 && sorted[first - 1] == sorted[first])) continue;
            var rate = count / (sum - (count * logs[first]));
            var distance = Distance(logs.AsSpan(first), rate, nearest);
            if (distance < nearest) (nearest, best) = (distance, new PowerLawTail(1 + rate, sorted[first], count));
        }

        return best;
    }

    /// <summary>sup |F_empirical − F| over a tail, ln(x / x_min) being exponential with the rate α − 1; may stop once above the limit.</summary>
    private static double Distance(ReadOnlySpan<double> logs, double rate, double limit)
    {
        double distance = 0;
        for (var i = 0; i < logs.Length && distance < limit; i++)
        {
            var cumulative = 1 - Math.Exp(-rate * (logs[i] - logs[0]));
            distance = Math.Max(distance, Math.Max(cumulative - ((double)i / logs.Length), ((i + 1.0) / logs.Length) - cumulative));
        }

        return distance;
    }
}
