namespace Goldilocks.Report;

/// <summary>How often a random training set of one size determines the line.</summary>
/// <param name="Samples">n.</param>
/// <param name="Fraction">n/|D0|.</param>
/// <param name="Draws">Random training sets.</param>
/// <param name="Unique">Those of nullity 2.</param>
/// <param name="Probability">Their share.</param>
/// <param name="Low">Lower end of its 95 % Wilson interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="AuthorsShare">The share that the authors' own count gives, or null.</param>
/// <param name="AuthorsDraws">Of how many draws.</param>
internal sealed record CriticalPoint(
    long Samples, double Fraction, long Draws, long Unique, double Probability, double Low, double High, double? AuthorsShare, long? AuthorsDraws)
{
    /// <summary>The fraction at which the probability passes one half, between neighbouring sizes; null where it never does.</summary>
    public static double? HalfCrossing(IReadOnlyList<CriticalPoint> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            if (a.Probability < 0.5 && b.Probability >= 0.5)
                return a.Fraction + ((0.5 - a.Probability) / (b.Probability - a.Probability) * (b.Fraction - a.Fraction));
        }

        return null;
    }
}
