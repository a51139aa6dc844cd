namespace Goldilocks.Report;

/// <summary>Runs that are shown together, and what their settings have in common.</summary>
/// <param name="runs">At least one.</param>
internal sealed class RunGroup(IReadOnlyList<RunRow> runs)
{
    /// <summary>Different values that are listed one by one.</summary>
    private const int MostListed = 4;

    public IReadOnlyList<RunRow> Runs { get; } = runs;

    /// <summary>Who they are, in one line: recipe, p, number, seeds, convention.</summary>
    public string Identity
    {
        get
        {
            if (Runs.Count == 1) return Terms.Identity(Runs[0]);
            string?[] parts =
            [
                Common("recipe") as string, Common("p") is { } p ? $"p = {Numbers.Setting(p)}" : null, $"{Numbers.Count(Runs.Count)} runs",
                Runs[0].Value("seed") is null ? null : $"seed {Describe(Values("seed"))}", Common("convention") is { } convention ? $"{convention} convention" : "both conventions",
            ];
            return string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        }
    }

    /// <summary>What captions end with: convention, runs, command.</summary>
    public string Provenance(string command)
    {
        var note = Common("convention") is null ? "Runs of both conventions are shown together." : Terms.ConventionNote(Runs[0], Thresholds);
        return $"{note} {Terms.Capital(Identity)}. Made by: {command}";
    }

    /// <summary>The accuracies that count: "90 %", or "90 % (training) or 60 % (validation)".</summary>
    public string Thresholds
    {
        get
        {
            var (train, validation) = (Range(run => run.AccuracyThreshold, Numbers.Percent), Range(run => run.ValidationThreshold, Numbers.Percent));
            return train == validation ? train : $"{train} (training) or {validation} (validation)";
        }
    }

    /// <summary>Names of settings with their value, or with the range of their values.</summary>
    public IEnumerable<string[]> Settings() => Runs[0].Settings.Select(setting => (string[])[setting.Key, Describe(Values(setting.Key))]);

    /// <summary>The value that all runs have, or null.</summary>
    public object? Common(string setting) => Values(setting) is [var value] ? value : null;

    /// <summary>The value that all runs have, or "least to most".</summary>
    /// <param name="value">Of a run.</param>
    /// <param name="words">How it is written.</param>
    public string Range(Func<RunRow, double> value, Func<double?, string> words)
    {
        var (least, most) = (Runs.Min(value), Runs.Max(value));
        return least == most ? words(most) : $"{words(least)} to {words(most)}";
    }

    private object?[] Values(string setting) => [.. Runs.Select(run => run.Value(setting)).Distinct()];

    private static string Describe(object?[] values)
    {
        if (values.Length <= MostListed) return string.Join(", ", values.Order(Comparer<object?>.Create(Compare)).Select(Numbers.Setting));
        return Array.TrueForAll(values, value => value is IComparable and not string)
            ? $"{Numbers.Setting(values.Min())} to {Numbers.Setting(values.Max())} ({values.Length} values)"
            : $"{values.Length} different values";
    }

    private static int Compare(object? a, object? b) => a?.GetType() == b?.GetType() && a is IComparable comparable ? comparable.CompareTo(b) : string.CompareOrdinal($"{a}", $"{b}");
}
