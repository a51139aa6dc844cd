namespace Goldilocks.Report;

/// <summary>A quantity at recorded steps, ascending.</summary>
internal sealed class Curve(IReadOnlyList<long> steps, IReadOnlyList<double> values)
{
    public static Curve Empty { get; } = new([], []);

    public IReadOnlyList<long> Steps { get; } = steps;

    public IReadOnlyList<double> Values { get; } = values;

    /// <summary>The value at exactly this step, or null where none was recorded or it is no number.</summary>
    public double? At(long step) => Nearest(step) is { } nearest && nearest.Step == step && double.IsFinite(nearest.Value) ? nearest.Value : null;

    /// <summary>The recorded step closest to <paramref name="step"/> (the earlier of two), or null for an empty curve.</summary>
    public (long Step, double Value)? Nearest(long step)
    {
        var best = Search.Nearest(Steps, step);
        return best < 0 ? null : (Steps[best], Values[best]);
    }

    /// <summary>
    /// The step at which half the way from the value at <paramref name="from"/>, or at the first recorded step after it, to the last value is done for
    /// the first time, as the analyze stage counts it: between recorded steps values are linear in log(step + 1). Null where that is nowhere.
    /// </summary>
    public double? HalfWay(long from)
    {
        var first = First(from);
        if (first < 0 || first == Steps.Count - 1 || Values[first] == Values[^1]) return null;
        var (half, rises) = ((Values[first] + Values[^1]) / 2, Values[^1] > Values[first]);
        var after = Enumerable.Range(first + 1, Steps.Count - first - 1).First(i => rises ? Values[i] >= half : Values[i] <= half);
        var share = Values[after] == Values[after - 1] ? 1 : (half - Values[after - 1]) / (Values[after] - Values[after - 1]);
        var (low, high) = (Math.Log(Steps[after - 1] + 1.0), Math.Log(Steps[after] + 1.0));
        return Math.Exp(low + (share * (high - low))) - 1;
    }

    /// <summary>The same from its largest value since <paramref name="from"/>; null where it does not fall after that.</summary>
    public double? HalfFall(long from)
    {
        var first = First(from);
        return first < 0 ? null : HalfWay(Steps[Enumerable.Range(first, Steps.Count - first).MaxBy(i => Values[i])]);
    }

    private int First(long from) => Enumerable.Range(0, Steps.Count).FirstOrDefault(i => Steps[i] >= from, -1);
}
