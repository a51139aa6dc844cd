using System.Collections.Concurrent;
using System.Diagnostics;

namespace Goldilocks.Analyze;

/// <summary>Processor time by what it was spent on, all threads together. Thread-safe.</summary>
internal sealed class MeasureTimes
{
    private readonly ConcurrentDictionary<string, long> _ticks = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TimeSpan> Total => _ticks.ToDictionary(entry => entry.Key, entry => Stopwatch.GetElapsedTime(0, entry.Value), StringComparer.Ordinal);

    /// <summary>Counts the time since <paramref name="started"/>, which becomes now.</summary>
    public void Add(string what, ref long started)
    {
        var (before, now) = (started, Stopwatch.GetTimestamp());
        _ticks.AddOrUpdate(what, now - before, (_, ticks) => ticks + now - before);
        started = now;
    }
}
