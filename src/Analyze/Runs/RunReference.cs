using Goldilocks.Core;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What measures of a checkpoint compare it with: the first and the last one of its run. Thread-safe; computed when first asked for.</summary>
internal sealed class RunReference
{
    private readonly Lazy<Checkpoint> _first;
    private readonly Lazy<int[]> _keys;

    public RunReference(RunFiles run, TaskCatalog tasks, SessionPool sessions)
    {
        _first = new Lazy<Checkpoint>(() => Checkpoint.Read(run.Files[0]));
        _keys = new Lazy<int[]>(() =>
        {
            using var context = new MeasureContext(Checkpoint.Read(run.Files[^1]), new RunCursor(this, null, null), tasks, sessions, witnesses: null);
            return UnitFrequencies.Keys(context.UnitFrequencies);
        });
    }

    /// <summary>The run's first checkpoint.</summary>
    /// <exception cref="NotMeasurableException">It cannot be read.</exception>
    public Checkpoint First => Of(_first, "the run's first checkpoint cannot be read");

    /// <summary>Frequencies of the hidden units at the run's end, in ascending order.</summary>
    /// <exception cref="NotMeasurableException">The last checkpoint cannot be read or run; or no unit there has a frequency.</exception>
    public int[] FinalKeys => Of(_keys, "the run's last checkpoint cannot be read or run") is { Length: > 0 } keys ? keys
        : throw new NotMeasurableException("no hidden unit has a single frequency at the run's end");

    private static T Of<T>(Lazy<T> value, string reason)
    {
        try
        {
            return value.Value;
        }
        catch (GoldilocksException)
        {
            throw new NotMeasurableException(reason);
        }
    }
}
