namespace Goldilocks.Theory;

/// <summary>A power law y = factor · x^exponent fitted by least squares on logarithms.</summary>
/// <param name="Factor">y at x = 1.</param>
/// <param name="Exponent">Slope of ln y against ln x.</param>
/// <param name="StandardError">Of the exponent, from the scatter about the fit; it does not know of curvature. Null with two points.</param>
public sealed record PowerLaw(double Factor, double Exponent, double? StandardError)
{
    /// <summary>Fits points with positive coordinates.</summary>
    /// <returns>Null with fewer than two different x.</returns>
    public static PowerLaw? Fit(IReadOnlyList<(double X, double Y)> points)
    {
        var logs = points.Select(point => (X: Math.Log(point.X), Y: Math.Log(point.Y))).ToArray();
        if (logs.Select(point => point.X).Distinct().Count() < 2) return null;
        var (meanX, meanY) = (logs.Average(point => point.X), logs.Average(point => point.Y));
        var spread = logs.Sum(point => (point.X - meanX) * (point.X - meanX));
        var exponent = logs.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        var residual = logs.Sum(point => Math.Pow(point.Y - meanY - (exponent * (point.X - meanX)), 2));
        double? error = logs.Length > 2 ? Math.Sqrt(residual / (logs.Length - 2) / spread) : null;
        return new PowerLaw(Math.Exp(meanY - (exponent * meanX)), exponent, error);
    }
}
