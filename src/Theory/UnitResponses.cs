namespace Goldilocks.Theory;

/// <summary>What units of a network on pairs of symbols respond to each symbol alone.</summary>
public static class UnitResponses
{
    /// <summary>Mean over the second symbol for each first one, and the other way round.</summary>
    /// <param name="values">[P², units], row-major: a unit's value for each pair (a, b) in row a·P + b.</param>
    /// <param name="units">Number of units.</param>
    /// <param name="symbols">P.</param>
    /// <returns>[2·units, P]: the units' responses to a, then those to b.</returns>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public static float[] Of(ReadOnlySpan<float> values, int units, int symbols)
    {
        if (values.Length != (long)symbols * symbols * units) throw new ArgumentException($"{symbols} symbols and {units} units need {(long)symbols * symbols * units} values, not {values.Length}.", nameof(values));
        var sums = new double[2 * units * symbols];
        for (var a = 0; a < symbols; a++)
        {
            for (var b = 0; b < symbols; b++)
            {
                var row = values.Slice(((a * symbols) + b) * units, units);
                for (var unit = 0; unit < units; unit++)
                {
                    sums[(unit * symbols) + a] += row[unit];
                    sums[((units + unit) * symbols) + b] += row[unit];
                }
            }
        }

        return [.. sums.Select(sum => (float)(sum / symbols))];
    }
}
