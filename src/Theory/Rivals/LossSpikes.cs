namespace Goldilocks.Theory;

/// <summary>Sudden rises of a training loss: the cycles of the slingshot (Thilak et al. 2022).</summary>
public static class LossSpikes
{
    /// <summary>
    /// Number of maximal stretches in which the loss exceeds <paramref name="factor"/> times the smallest loss so far. A stretch ends where the
    /// loss no longer exceeds it; one that does not end counts. Values that are no numbers are passed over.
    /// </summary>
    /// <param name="losses">Positive, in the order of training.</param>
    /// <param name="factor">Above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 1.</exception>
    public static int Count(ReadOnlySpan<double> losses, double factor = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(factor, 1);
        var (count, inside, minimum) = (0, false, double.PositiveInfinity);
        foreach (var loss in losses)
        {
            if (double.IsNaN(loss)) continue;
            minimum = Math.Min(minimum, loss);
            var above = loss > factor * minimum;
            if (above && !inside) count++;
            inside = above;
        }

        return count;
    }
}
