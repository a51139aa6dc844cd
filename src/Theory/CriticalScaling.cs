namespace Goldilocks.Theory;

/// <summary>How the transition of Fig 4(a) moves and sharpens with the number of symbols (the paper shows p = 10 only).</summary>
/// <param name="Draws">Random training sets per size.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="Points">One entry per p, ascending.</param>
/// <param name="Rc">Fit of r_c against p; null with one p.</param>
/// <param name="Width">Fit of the 10-90 % width against p.</param>
/// <param name="RelativeWidth">Fit of width / r_c against p: an exponent below zero means that the transition sharpens about its place.</param>
public sealed record CriticalScaling(
    int Draws, long Seed, IReadOnlyList<CriticalPoint> Points, PowerLaw? Rc, PowerLaw? Width, PowerLaw? RelativeWidth)
{
    /// <summary>Estimates the transition for every p of a range.</summary>
    /// <param name="from">Smallest p, at least 3.</param>
    /// <param name="to">Largest p, at least <paramref name="from"/>.</param>
    /// <param name="draws">Random orders per p, at least 1.</param>
    /// <param name="seed">Seed of the draws, not negative.</param>
    /// <param name="threads">Worker threads; the result is the same for any number.</param>
    /// <param name="finished">Called with each point when it is known.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CriticalScaling Estimate(
        int from, int to, int draws, long seed, int threads, Action<CriticalPoint>? finished = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        var points = new List<CriticalPoint>();
        for (var p = from; p <= to; p++)
        {
            var curve = CriticalFraction.Estimate(p, draws, (ulong)seed, threads, cancellation);
            var (low, high) = curve.HalfCrossingInterval();

            // All of D0 has nullity 2, so every curve reaches 1 and has these crossings.
            points.Add(new CriticalPoint(p, curve.Samples, curve.Crossing(0.5)!.Value, low, high, curve.Crossing(0.9)!.Value - curve.Crossing(0.1)!.Value));
            finished?.Invoke(points[^1]);
        }

        return new CriticalScaling(draws, seed, points, Fit(point => point.Rc), Fit(point => point.Width), Fit(point => point.Width / point.Rc));

        PowerLaw? Fit(Func<CriticalPoint, double> value) => PowerLaw.Fit([.. points.Select(point => ((double)point.P, value(point)))]);
    }
}
