namespace Goldilocks.Train;

/// <summary>Steps at which something is recorded: ascending, from the first to the last step.</summary>
public static class StepSchedule
{
    private const int DensePoints = 100;
    private const int CurvePointsPerDecade = 150;

    /// <summary>Steps of the curves: every one up to 100, then about 150 per decade and the round ones (200, 300, ..., 1000, 2000, ...).</summary>
    public static long[] Curves(long last)
    {
        var steps = new SortedSet<long>(Logarithmic(last, CurvePointsPerDecade, DensePoints));
        for (long decade = 1; decade <= last; decade *= 10)
            for (long digit = 1; digit < 10 && digit * decade <= last; digit++) steps.Add(digit * decade);
        return [.. steps];
    }

    /// <summary>Step 0, about <paramref name="perDecade"/> steps per decade, and the last; nothing for 0 per decade.</summary>
    public static long[] Checkpoints(long last, int perDecade) => perDecade == 0 ? [] : Logarithmic(last, perDecade, 0);

    private static long[] Logarithmic(long last, int perDecade, long dense)
    {
        var steps = new SortedSet<long> { 0, last };
        for (long step = 1; step <= Math.Min(dense, last); step++) steps.Add(step);
        for (var i = 0; ; i++)
        {
            var step = (long)Math.Round(Math.Pow(10, (double)i / perDecade));
            if (step > last) break;
            steps.Add(step);
        }

        return [.. steps];
    }
}
