using System.CommandLine;
using Goldilocks.Core;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks shard FOLDER --shard N</c>: what a cluster's task runs.</summary>
internal static class ShardCommand
{
    public const string Examples = """
          goldilocks shard artifacts/fig6b/train --shard 3            train what is left of shard 3; run again, it goes on where it was
          goldilocks shard artifacts/fig6b/train --shard 3 --jobs 4   four runs at a time
        """;

    public static Command Create(CommonOptions options)
    {
        var folder = new Argument<string>("folder") { Description = "The train stage's folder, which holds the plan." };
        var shard = new Option<int>("--shard") { Description = "Which shard, counted from 0.", Required = true, HelpName = "N" };
        var plan = new Option<string?>("--plan") { Description = "Refuse to work on any other plan than the one whose identity begins like this.", HelpName = "ID" };
        var command = new Command("shard", "Train one shard of a planned sweep: what a cluster's task runs. Exit code 75 when told to stop (SIGTERM, SIGUSR1): the same command goes on.")
        {
            folder, shard, plan, options.Jobs,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(folder));
            var index = parsed.GetValue(shard);
            var known = SweepPlan.Read(path) ?? throw new GoldilocksException($"there is no planned sweep in {path}. Plan one with ./goldilocks run NAME --executor slurm.");
            if (parsed.GetValue(plan) is { } expected && !known.Identity.StartsWith(expected, StringComparison.Ordinal))
                throw new GoldilocksException($"{SweepPlan.PathIn(path)} is another plan ({known.Identity[..12]}) than this task belongs to ({expected}). Cancel the task; the sweep was planned anew.");
            if (index < 0 || index >= known.Shards) throw new GoldilocksException($"--shard must lie in [0, {known.Shards - 1}], not {index}.");

            var writers = parsed.InvocationConfiguration;
            var display = Displays.Choose(writers.Output, writers.Error);
            var sweep = TrainSweep.Open(TrainAdapter.Runs(known.Settings), known.Settings, path, note: display.Line);
            display.Track($"shard {index} of {known.Shards}", progress =>
            {
                sweep.TrainShard(index, parsed.GetValue(options.Jobs), new SweepProgress(progress), cancellation);
                return true;
            });
            display.Line($"shard {index} of {known.Shards}: complete");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
