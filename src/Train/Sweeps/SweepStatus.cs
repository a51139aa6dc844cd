using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>How far a sweep has come, by its files alone: also while other processes work on it.</summary>
/// <param name="Runs">All runs.</param>
/// <param name="Done">Finished runs.</param>
/// <param name="Running">Begun runs whose state was saved a short while ago.</param>
/// <param name="Failed">Runs that broke.</param>
/// <param name="Left">Runs that nobody works on: not begun, or begun and interrupted.</param>
/// <param name="Remaining">Estimate of the time left at the pace of the runs so far, when any is running.</param>
/// <param name="Problems">Why runs broke, and which files cannot be used; one line each.</param>
public sealed record SweepStatus(int Runs, int Done, int Running, int Failed, int Left, TimeSpan? Remaining, IReadOnlyList<string> Problems)
{
    /// <summary>A state that is older than this was left by a process that is no more.</summary>
    private static readonly TimeSpan Fresh = OpenShard.SaveInterval * 4;

    /// <summary>Reads the sweep in a stage's folder; null when none was begun there.</summary>
    /// <exception cref="GoldilocksException">The plan cannot be read.</exception>
    public static SweepStatus? Read(string folder)
    {
        if (SweepPlan.Read(folder) is not { } plan) return null;
        var (done, running, failed) = (0, 0, 0);
        long stepsDone = 0, stepsBegun = 0;
        var seconds = 0.0;
        var problems = new List<string>();
        for (var shard = 0; shard < plan.Shards; shard++)
        {
            var path = SweepPlan.ShardPathIn(folder, shard);
            var fresh = DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < Fresh;
            foreach (var (run, header) in ReadShard(folder, plan, shard, problems.Add))
            {
                seconds += header.Seconds;
                switch (header.Status)
                {
                    case RunStatus.Finished:
                        done++;
                        stepsDone += header.Steps;
                        break;
                    case RunStatus.Failed:
                        failed++;
                        problems.Add($"run {run[..12]} failed: {header.Reason}");
                        break;
                    default:
                        if (fresh) running++;
                        stepsBegun += header.Steps;
                        break;
                }
            }
        }

        var left = plan.Runs - done - failed;
        var stepsEach = done > 0 ? (double)stepsDone / done : (double)plan.Steps / plan.Runs;
        TimeSpan? remaining = running == 0 || stepsDone + stepsBegun == 0 ? null
            : TimeSpan.FromSeconds(Math.Max(0, (left * stepsEach) - stepsBegun) * seconds / (stepsDone + stepsBegun) / running);
        return new SweepStatus(plan.Runs, done, running, failed, left - running, remaining, problems);
    }

    /// <summary>The headers of a shard's runs; none for a shard that was not begun or cannot be used.</summary>
    internal static IReadOnlyList<(string Run, RunHeader Header)> ReadShard(string folder, SweepPlan plan, int shard, Action<string>? note = null)
    {
        var path = SweepPlan.ShardPathIn(folder, shard);
        if (!File.Exists(path)) return [];
        try
        {
            return ShardFile.ReadHeaders(path, plan, shard);
        }
        catch (GoldilocksException e)
        {
            note?.Invoke($"{e.Message} Its runs will be trained again.");
            return [];
        }
    }
}
