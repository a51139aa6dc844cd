namespace Goldilocks.Report;

/// <summary>Distribution of λ3 over random training sets of one size.</summary>
/// <param name="Samples">n.</param>
/// <param name="Fraction">n/|D0|.</param>
/// <param name="Draws">Random training sets.</param>
/// <param name="Zeros">Those with λ3 = 0: no unique line.</param>
/// <param name="Low">5 % quantile; all quantiles count the zeros.</param>
/// <param name="Lower">25 %.</param>
/// <param name="Median">50 %.</param>
/// <param name="Upper">75 %.</param>
/// <param name="High">95 %.</param>
internal sealed record RateBand(
    long Samples, double Fraction, long Draws, long Zeros, double Low, double Lower, double Median, double Upper, double High);
