namespace Goldilocks.Report;

/// <summary>A statistic over runs with the ends of its range: quartiles, or an interval.</summary>
internal sealed record Estimate(double Value, double? Low, double? High)
{
    /// <summary>Null where the table has no value.</summary>
    public static Estimate? Of(double? value, double? low, double? high) => value is { } known ? new Estimate(known, low, high) : null;

    /// <summary>1: the whole range lies above the reference; −1: below; 0: it does not exclude it.</summary>
    public int Side(double reference) => Low > reference ? 1 : High < reference ? -1 : 0;

    /// <summary>"0.83 (0.71 to 0.92)".</summary>
    public string Words => Low is { } low && High is { } high ? $"{Numbers.Signed(Value)} ({Numbers.Signed(low)} to {Numbers.Signed(high)})" : Numbers.Signed(Value);
}
