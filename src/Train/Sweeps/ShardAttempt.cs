using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>
/// One process's work on a shard. It leaves a note of where it began, and takes the note back when it ends in an orderly way; two notes of the same place
/// mean that two processes were killed there, and that a third would be.
/// </summary>
internal sealed class ShardAttempt : IDisposable
{
    private const int MostDeaths = 2;

    private readonly string _path;
    private readonly string[] _earlier;

    private ShardAttempt(string path, string[] earlier) => (_path, _earlier) = (path, earlier);

    /// <exception cref="GoldilocksException">Two attempts were killed at the place where this one would begin.</exception>
    public static ShardAttempt Begin(string folder, SweepPlan plan, int shard)
    {
        var path = PathIn(folder, shard);
        var open = new OpenShard(folder, plan, shard, retryFailed: false, note: null);
        var here = open.Position.ToString(CultureInfo.InvariantCulture);
        string[] deaths = File.Exists(path) ? [.. File.ReadAllLines(path).Where(line => line == here)] : [];
        if (deaths.Length >= MostDeaths)
        {
            var at = open.Begun is [var first, ..] ? $"run {first[..12]}" : "its next run";
            throw new GoldilocksException($"shard {shard} was killed {deaths.Length} times at the same place ({at}, {here} steps into the shard), perhaps for want of memory or time. "
                + $"It is not tried again; look at its log, then delete {path} to try.", ExitCodes.StageFailed);
        }

        AtomicFile.WriteAllText(path, string.Join('\n', [.. deaths, here]) + "\n");
        return new ShardAttempt(path, deaths);
    }

    /// <summary>The notes of a shard's unfinished attempts.</summary>
    public static string PathIn(string folder, int shard) => Path.ChangeExtension(SweepPlan.ShardPathIn(folder, shard), ".attempts");

    /// <summary>The process ends in an orderly way: finished, interrupted, or with an error that it could report.</summary>
    public void Dispose()
    {
        if (_earlier.Length == 0) File.Delete(_path);
        else AtomicFile.WriteAllText(_path, string.Join('\n', _earlier) + "\n");
    }
}
