using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Low, double High)
{
    /// <summary>Percentile bootstrap: the middle <paramref name="level"/> of a statistic over resamples with replacement.</summary>
    /// <param name="count">Number of items; at least 1.</param>
    /// <param name="statistic">Of the items with these <paramref name="count"/> indices; the array is reused for the next resample.</param>
    /// <param name="seed">Of the resamples.</param>
    /// <param name="resamples">At least 1.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>
    /// Percentiles, interpolated linearly, of the statistics that are numbers; neither end is one when more than half of the statistics are none.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Interval Bootstrap(int count, Func<int[], double> statistic, ulong seed, int resamples = 1000, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        var random = new CounterRandom(seed, RandomStream.MonteCarlo);
        var indices = new int[count];
        var statistics = new List<double>(resamples);
        for (var resample = 0; resample < resamples; resample++)
        {
            for (var i = 0; i < count; i++) indices[i] = random.NextInt32(count);
            var value = statistic(indices);
            if (!double.IsNaN(value)) statistics.Add(value);
        }

        if (2 * statistics.Count < resamples) return new Interval(double.NaN, double.NaN);
        statistics.Sort();
        return new Interval(Percentile(statistics, (1 - level) / 2), Percentile(statistics, (1 + level) / 2));
    }

    private static double Percentile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 < sorted.Count ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[below];
    }
}
