namespace Goldilocks.Theory;

/// <summary>The transition at one size.</summary>
/// <param name="P">Number of symbols.</param>
/// <param name="Samples">|D0|.</param>
/// <param name="Rc">r_c: the fraction of D0 at which a unique linear structure has probability one half.</param>
/// <param name="Low">Lower end of r_c's 95 % interval; null when there are too few draws to say.</param>
/// <param name="High">Upper end; null likewise.</param>
/// <param name="Width">The fraction over which the probability rises from 10 % to 90 %.</param>
public sealed record CriticalPoint(int P, int Samples, double Rc, double? Low, double? High, double Width);
