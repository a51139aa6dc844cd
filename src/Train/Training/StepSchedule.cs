namespace Goldilocks.Train;

/// <summary>Steps at which something is recorded: ascending, from the first to the last step.</summary>
public static class StepSchedule
{
    private const int DensePoints = 100;
    private const int CurvePointsPerDecade = 150;

    /// <summary>Steps of the curves: every one up to 100, then about 150 per decade.</summary>
    public static long[] Curves(long last) => Logarithmic(last, CurvePointsPerDecade, DensePoints);

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
