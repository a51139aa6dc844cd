namespace Goldilocks.Theory;

/// <summary>How unequally a quantity is spread over items, such as an embedding's norm over frequencies.</summary>
public static class Gini
{
    /// <summary>Σ_ij |n_i − n_j| / (2 N² n̄): 0 when all are equal, 1 − 1/N when one has everything; 0 when all are 0 or there are none. O(N log N).</summary>
    /// <param name="values">n, not negative.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        // In ascending order n_i is the larger of i pairs and the smaller of N − 1 − i.
        var sorted = values.ToArray();
        Array.Sort(sorted);
        double differences = 0, total = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            differences += ((2 * i) + 1 - sorted.Length) * sorted[i];
            total += sorted[i];
        }

        return total == 0 ? 0 : differences / (sorted.Length * total);
    }
}
