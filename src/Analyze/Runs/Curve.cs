namespace Goldilocks.Analyze;

/// <summary>A quantity over training.</summary>
/// <param name="Steps">Ascending.</param>
/// <param name="Values">As many.</param>
internal sealed record Curve(double[] Steps, double[] Values)
{
    /// <summary>
    /// The step at which half the way from the value at <paramref name="from"/> to the last value is done for the first time; between two points the
    /// value is taken to be linear in the logarithm of the step.
    /// </summary>
    /// <returns>Null when fewer than two points are left, one of the two values is not finite, or they are equal.</returns>
    public double? HalfWay(double from)
    {
        var first = Array.FindIndex(Steps, step => step >= from);
        if (first < 0 || first == Steps.Length - 1) return null;
        var (start, end) = (Values[first], Values[^1]);
        if (!double.IsFinite(start) || !double.IsFinite(end) || start == end) return null;
        var half = (start + end) / 2;
        for (var i = first + 1; i < Steps.Length; i++)
        {
            if ((end > start) != (Values[i] >= half) && Values[i] != half) continue;
            var (before, after) = (Math.Log(Steps[i - 1] + 1), Math.Log(Steps[i] + 1));
            var share = Values[i] == Values[i - 1] ? 1 : (half - Values[i - 1]) / (Values[i] - Values[i - 1]);
            return Math.Exp(before + (share * (after - before))) - 1;
        }

        return null;
    }

    /// <summary>The value at the first recorded step from <paramref name="step"/> on; null when there is none, or it is not finite.</summary>
    public double? At(double step)
    {
        var i = Array.FindIndex(Steps, recorded => recorded >= step);
        return i >= 0 && double.IsFinite(Values[i]) ? Values[i] : null;
    }
}
