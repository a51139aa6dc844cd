using System.Diagnostics;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>
/// A shard being worked on: the states of its runs in memory and, now and then, in its file. Threads train its runs side by side; each tells its own
/// state, and whoever is due writes all of them.
/// </summary>
internal sealed class OpenShard
{
    /// <summary>What a run that is being trained loses at most when the process is killed.</summary>
    public static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(15);

    /// <summary>Finished runs wait this much longer than writing takes, so that writing takes at most 2 % of the time.</summary>
    private const int SaveShare = 50;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SweepPlan _plan;
    private readonly int _shard;
    private readonly Dictionary<string, RunState> _states;
    private bool _dirty;
    private int _left;
    private long _saved = Stopwatch.GetTimestamp();
    private TimeSpan _saving = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads what an earlier process left; a file that is damaged or foreign is named, removed and done again.</summary>
    /// <param name="folder">The stage's folder.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="shard">Which shard.</param>
    /// <param name="retryFailed">Failed runs count as not begun.</param>
    /// <param name="note">Told of a file that cannot be used.</param>
    /// <exception cref="GoldilocksException">The file cannot be read just now; what it holds may be whole.</exception>
    public OpenShard(string folder, SweepPlan plan, int shard, bool retryFailed, Action<string>? note)
    {
        (_path, _plan, _shard) = (SweepPlan.ShardPathIn(folder, shard), plan, shard);
        _states = Load(note);
        foreach (var failed in _states.Where(state => retryFailed && state.Value.Header.Status == RunStatus.Failed).Select(state => state.Key).ToArray()) _dirty |= _states.Remove(failed);
        _left = plan.RunsOf(shard).Count() - _states.Count(state => state.Value.Header.Status != RunStatus.Running);
    }

    /// <summary>Steps done by all its runs so far: where a process that is killed now would have come to.</summary>
    public long Position
    {
        get
        {
            lock (_gate) return _states.Values.Sum(state => state.Header.Steps + (state.Header.Status == RunStatus.Running ? 0 : 1));
        }
    }

    /// <summary>The runs that were begun and not finished.</summary>
    public IReadOnlyList<string> Begun
    {
        get
        {
            lock (_gate) return [.. _states.Where(state => state.Value.Header.Status == RunStatus.Running).Select(state => state.Key)];
        }
    }

    public RunState? Find(string run)
    {
        lock (_gate) return _states.GetValueOrDefault(run);
    }

    /// <summary>Takes a run's state and writes the shard when it is time: every <see cref="SaveInterval"/>, soon after a run ends, at once for the last of them.</summary>
    /// <exception cref="GoldilocksException">The file cannot be written.</exception>
    public void Update(string run, RunState state, bool now = false)
    {
        lock (_gate)
        {
            _states[run] = state;
            _dirty = true;
            var ended = state.Header.Status != RunStatus.Running;
            if (ended) _left--;
            var since = Stopwatch.GetElapsedTime(_saved);
            if (now || _left == 0 || since > (ended ? _saving * SaveShare : SaveInterval)) Save();
        }
    }

    /// <summary>Writes what the file lacks.</summary>
    /// <exception cref="GoldilocksException">The file cannot be written.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            if (_dirty) Save();
        }
    }

    private void Save()
    {
        var started = Stopwatch.GetTimestamp();
        ShardFile.Write(_path, _plan, _shard, _states.OrderBy(state => state.Key, StringComparer.Ordinal));
        _dirty = false;
        _saved = Stopwatch.GetTimestamp();
        _saving = Stopwatch.GetElapsedTime(started, _saved);
    }

    private Dictionary<string, RunState> Load(Action<string>? note)
    {
        if (!File.Exists(_path)) return new Dictionary<string, RunState>(StringComparer.Ordinal);
        try
        {
            return ShardFile.Read(_path, _plan, _shard);
        }
        catch (GoldilocksException e) when (e.InnerException is not (IOException or UnauthorizedAccessException))
        {
            note?.Invoke($"{e.Message} Its runs are trained again.");
            File.Delete(_path);
            return new Dictionary<string, RunState>(StringComparer.Ordinal);
        }
    }
}
