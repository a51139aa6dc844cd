namespace Goldilocks.Theory;

/// <summary>
/// Shape of a fluctuating series (Hjorth 1970), here of early training losses, said to foretell grokking (Notsawo et al. 2023). With m0 the
/// variance of the detrended series, m2 and m4 the mean squares of its first and second differences.
/// </summary>
/// <param name="Activity">m0.</param>
/// <param name="Mobility">√(m2/m0), the mean angular frequency per step; 0 when m0 is 0.</param>
/// <param name="Complexity">√(m4/m2): the mobility of the first differences, not divided by that of the series as Hjorth does; 0 when m2 is 0.</param>
public sealed record HjorthParameters(double Activity, double Mobility, double Complexity)
{
    /// <summary>Residuals below this share of the largest value are rounding.</summary>
    private const double Rounding = 1e-14;

    /// <summary>The parameters after the least-squares line is taken off.</summary>
    /// <param name="series">Equidistant values.</param>
    /// <returns>
    /// All 0 for a series that is a line up to rounding: a constant one, or one of fewer than three values. Not numbers when a value is none.
    /// </returns>
    public static HjorthParameters Of(ReadOnlySpan<double> series)
    {
        var residuals = Detrend(series);
        var activity = MeanSquare(residuals);
        var largest = 0.0;
        foreach (var value in series) largest = Math.Max(largest, Math.Abs(value));
        if (activity <= Math.Pow(Rounding * largest, 2)) return new HjorthParameters(0, 0, 0);
        var first = Differences(residuals);
        var m2 = MeanSquare(first);
        return new HjorthParameters(activity, Math.Sqrt(m2 / activity), m2 == 0 ? 0 : Math.Sqrt(MeanSquare(Differences(first)) / m2));
    }

    private static double[] Detrend(ReadOnlySpan<double> series)
    {
        var centre = (series.Length - 1) / 2.0;
        double mean = 0, slope = 0, spread = 0;
        for (var t = 0; t < series.Length; t++)
        {
            mean += series[t] / series.Length;
            slope += (t - centre) * series[t];
            spread += (t - centre) * (t - centre);
        }

        if (spread > 0) slope /= spread;
        var residuals = new double[series.Length];
        for (var t = 0; t < series.Length; t++) residuals[t] = series[t] - mean - (slope * (t - centre));
        return residuals;
    }

    private static double[] Differences(double[] series)
    {
        var differences = new double[Math.Max(series.Length - 1, 0)];
        for (var t = 0; t < differences.Length; t++) differences[t] = series[t + 1] - series[t];
        return differences;
    }

    private static double MeanSquare(double[] series) => series.Length == 0 ? 0 : DenseVectors.Dot(series, series) / series.Length;
}
