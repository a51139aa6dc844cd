using System.Globalization;

namespace Goldilocks.Theory;

/// <summary>
/// Results of the authors' own code, to be set beside ours: the runs behind Figures 3 and 4 (b), and the counts behind Figure 4 (a). Data of theirs,
/// never of ours; they lie in CSV files beside this class.
/// </summary>
public static class PublishedResults
{
    /// <summary>The 33 runs of Figures 3 and 4 (b): 11 sizes, seeds 0 to 2.</summary>
    public static IReadOnlyList<StoredRun> Runs { get; } =
    [
        .. Rows("stored-runs.csv").Select(cells => new StoredRun(
            (int)Whole(cells[0]), Whole(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]), (int)Whole(cells[5]), Whole(cells[6]), Number(cells[7]),
            cells[8].Length == 0 ? null : Whole(cells[8]))),
    ];

    /// <summary>For each size of a random training set of toy addition with p = 10: among so many draws, those with a unique linear structure.</summary>
    public static IReadOnlyDictionary<int, (long Draws, long Unique)> CriticalCounts { get; } =
        Rows("critical-counts.csv").ToDictionary(cells => (int)Whole(cells[0]), cells => (Whole(cells[1]), Whole(cells[2])));

    private static IEnumerable<string[]> Rows(string file)
    {
        using var reader = new StreamReader(typeof(PublishedResults).Assembly.GetManifestResourceStream(file)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(','))];
    }

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
