namespace Goldilocks.Train;

/// <summary>Steps at which something is recorded: ascending, from the first to the last step.</summary>
public static class StepSchedule
{
    /// <summary>Fewer points per decade than this leave out the round steps, which would be half of all.</summary>
    private const int FewestWithRoundSteps = 20;

    /// <summary>
    /// Steps of curves and embeddings: every one up to 2/3 of <paramref name="perDecade"/>, then about <paramref name="perDecade"/> in each decade,
    /// and from 20 on the round ones (200, 300, ..., 1000, 2000, ...) too. So 150 gives every step to 100, and 0 the first and the last only.
    /// </summary>
    /// <param name="last">The last step, at least 0.</param>
    /// <param name="perDecade">Points per factor of ten in steps, at least 0.</param>
    public static long[] Curves(long last, int perDecade)
    {
        if (perDecade == 0) return [.. new SortedSet<long> { 0, last }];
        var steps = new SortedSet<long>(Logarithmic(last, perDecade, 2 * perDecade / 3));
        for (long decade = 1; decade <= last && perDecade >= FewestWithRoundSteps; decade *= 10)
            for (long digit = 1; digit < 10 && digit * decade <= last; digit++) steps.Add(digit * decade);
        return [.. steps];
    }

    /// <summary>Step 0, about <paramref name="perDecade"/> steps per decade, and the last.</summary>
    /// <param name="last">The last step, at least 0.</param>
    /// <param name="perDecade">Checkpoints per factor of ten in steps, at least 1.</param>
    public static long[] Checkpoints(long last, int perDecade) => Logarithmic(last, perDecade, 0);

    /// <summary>The steps of several schedules, each once.</summary>
    public static long[] Union(params long[][] schedules) => [.. new SortedSet<long>(schedules.SelectMany(steps => steps))];

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
