namespace Goldilocks.Theory;

/// <summary>Ranks of values.</summary>
internal static class Ranks
{
    /// <summary>Ranks from 1 on in ascending order; equal values share the mean of theirs.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var (first, next) = (0, 0); first < sorted.Length; first = next)
        {
            while (next < sorted.Length && sorted[next].Equals(sorted[first])) next++;
            for (var i = first; i < next; i++) ranks[order[i]] = (first + 1 + next) / 2.0;
        }

        return ranks;
    }

    /// <summary>Whether a value is not a number.</summary>
    public static bool AnyNaN(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (double.IsNaN(value)) return true;
        return false;
    }
}
