namespace Goldilocks.Report;

internal static class Search
{
    /// <summary>Index of the value closest to <paramref name="step"/> in ascending steps, the earlier of two; -1 when there is none.</summary>
    public static int Nearest(IReadOnlyList<long> steps, long step)
    {
        var best = -1;
        for (var i = 0; i < steps.Count; i++)
        {
            if (best < 0 || Math.Abs(steps[i] - step) < Math.Abs(steps[best] - step)) best = i;
        }

        return best;
    }
}
