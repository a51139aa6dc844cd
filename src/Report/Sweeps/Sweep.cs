namespace Goldilocks.Report;

/// <summary>Runs that differ in their settings, and the settings in which they do.</summary>
internal sealed class Sweep
{
    private const string SeedName = "seed";

    private Sweep(IReadOnlyList<RunRow> runs, IReadOnlyList<SweepAxis> parameters) => (Runs, Parameters) = (runs, parameters);

    /// <summary>By seed.</summary>
    public IReadOnlyList<RunRow> Runs { get; }

    /// <summary>Settings that vary: learning rates first, that of the decoder before others, and the seed last.</summary>
    public IReadOnlyList<SweepAxis> Parameters { get; }

    /// <summary>How many of the first parameters are a map's axes at first: two, or one where nothing but one and the seed varies.</summary>
    public int AxisCount => Math.Clamp(Parameters.Count(parameter => !IsSeed(parameter)), 1, 2);

    /// <summary>The runs of each cell of that map, cells and their runs in order.</summary>
    public IEnumerable<IReadOnlyList<RunRow>> Cells => Runs
        .GroupBy(run => (Place(run, Parameters[0]), AxisCount > 1 ? Place(run, Parameters[1]) : 0)).OrderBy(cell => cell.Key).Select(cell => cell.ToArray());

    /// <summary>Null where no setting varies. Of settings that always vary together, such as a number of samples and a batch of all of them, the first stands for all.</summary>
    public static Sweep? Of(IReadOnlyList<RunRow> runs)
    {
        var varying = runs[0].Settings.Select(setting => new SweepAxis(setting.Key, runs.Select(run => run.Value(setting.Key)))).Where(axis => axis.Count > 1)
            .OrderBy(IsSeed).ThenByDescending(axis => axis.IsLearningRate).ThenByDescending(axis => axis.IsLearningRate && axis.Parameter.StartsWith("decoder_", StringComparison.Ordinal));
        var kept = new List<SweepAxis>();
        foreach (var axis in varying)
        {
            if (!kept.Exists(other => other.Count == axis.Count && runs.Select(run => (Place(run, other), Place(run, axis))).Distinct().Count() == axis.Count)) kept.Add(axis);
        }

        return kept.Count == 0 ? null : new Sweep(runs, kept);
    }

    /// <summary>Place of a run's value among those of a parameter, from 0 on.</summary>
    public static int Place(RunRow run, SweepAxis parameter) => parameter.IndexOf(run.Value(parameter.Parameter));

    public static bool IsSeed(SweepAxis parameter) => parameter.Parameter == SeedName;
}
