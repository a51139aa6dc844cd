namespace Goldilocks.Report;

/// <summary>The few statistics that figures need.</summary>
internal static class Statistics
{
    /// <summary>At most <paramref name="most"/> of <paramref name="count"/> indices, evenly chosen, the first and the last among them.</summary>
    public static int[] Spread(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * (count - 1) / (most - 1)))];

    /// <summary>Normal quantile of a 95 % interval.</summary>
    private const double TwoSided95 = 1.959963984540054;

    /// <summary>The middle value, or the mean of the two in the middle; NaN of nothing. Infinities count as values.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return double.NaN;
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return low == high ? low : (low + high) / 2;
    }

    /// <summary>The middle one of step counts, never (null) counting as later than every step; null where the middle never came.</summary>
    public static double? MedianStep(IEnumerable<long?> steps) => Median(steps.Select(step => step ?? double.PositiveInfinity)) is var median && double.IsFinite(median) ? median : null;

    /// <summary>The quantile by linear interpolation between neighbours in order: place share·(n − 1), counted from 0; NaN of nothing.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    /// <summary>Pearson's correlation; NaN with fewer than two values or without spread.</summary>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count < 2) return double.NaN;
        var (meanX, meanY) = (x.Average(), y.Average());
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
    }

    /// <summary>Ranks from 1 on; equal values share the mean of their ranks.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var ranks = new double[values.Count];
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]]) last++;
            for (var i = first; i <= last; i++) ranks[order[i]] = 1 + ((first + last) / 2.0);
            first = last + 1;
        }

        return ranks;
    }

    /// <summary>Spearman's rank correlation; NaN with fewer than two values or without spread.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>Its 95 % interval by Bonett and Wright: atanh(rho) ± 1.96·sqrt((1 + rho²/2)/(n − 3)); null where that does not exist.</summary>
    public static (double Low, double High)? SpearmanInterval(double rho, int count)
    {
        if (count < 4 || !(Math.Abs(rho) < 1)) return null;
        var half = TwoSided95 * Math.Sqrt((1 + (rho * rho / 2)) / (count - 3));
        return (Math.Tanh(Math.Atanh(rho) - half), Math.Tanh(Math.Atanh(rho) + half));
    }

    /// <summary>
    /// Rank correlation inside groups, so that what differs between groups has no part in it: the mean of the groups' rank correlations, a group of m
    /// members weighing m − 1. Without any relation it is spread around 0 with the standard error 1/sqrt(sum of the weights).
    /// </summary>
    /// <returns>Null when no group has four members that differ.</returns>
    public static (double Rho, double StandardError, int Groups)? SpearmanWithin(IEnumerable<IReadOnlyList<(double X, double Y)>> groups)
    {
        var parts = groups.Where(group => group.Count >= 4)
            .Select(group => (Rho: Spearman([.. group.Select(pair => pair.X)], [.. group.Select(pair => pair.Y)]), Weight: group.Count - 1.0))
            .Where(part => double.IsFinite(part.Rho)).ToArray();
        if (parts.Length == 0) return null;
        var weight = parts.Sum(part => part.Weight);
        return (parts.Sum(part => part.Rho * part.Weight) / weight, 1 / Math.Sqrt(weight), parts.Length);
    }
}
