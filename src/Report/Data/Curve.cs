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
}
