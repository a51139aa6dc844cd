namespace Goldilocks.Train;

/// <summary>The shards that a process works on, each opened with its first run and dropped with its last.</summary>
internal sealed class OpenShards(Func<int, OpenShard> read, SweepPlan plan)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (OpenShard Shard, int Left)> _open = [];

    public OpenShard this[int shard]
    {
        get
        {
            lock (_gate)
            {
                if (!_open.ContainsKey(shard)) _open[shard] = (read(shard), plan.RunsOf(shard).Count());
                return _open[shard].Shard;
            }
        }
    }

    /// <summary>Writes what the files lack, when the work ends early.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            foreach (var (shard, _) in _open.Values) shard.Flush();
        }
    }

    /// <summary>One run of the shard is through.</summary>
    public void Release(int shard)
    {
        lock (_gate)
        {
            var (open, left) = _open[shard];
            if (left == 1) _open.Remove(shard);
            else _open[shard] = (open, left - 1);
        }
    }
}
