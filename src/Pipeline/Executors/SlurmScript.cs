using System.Text.RegularExpressions;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>
/// The batch script of a <see cref="SlurmJob"/>, written to be read. The array's indices are not in it: they are given when it is
/// submitted, so that any set of shards can be submitted again.
/// </summary>
internal static partial class SlurmScript
{
    private static readonly string[] Reserved = ["--array", "-a", "--job-name", "-J", "--output", "-o"];

    /// <summary>Writes the script and makes the folder of its logs.</summary>
    /// <exception cref="GoldilocksException">An option cannot be passed on, or the folder cannot be written.</exception>
    public static void Write(SlurmJob job)
    {
        AtomicFile.WriteAllText(job.ScriptPath, Text(job));
        Directory.CreateDirectory(job.LogFolder);
    }

    /// <exception cref="GoldilocksException">An option cannot be passed on.</exception>
    public static string Text(SlurmJob job) => $$"""
        #!/usr/bin/env bash
        # Each task of this job array trains one shard of {{job.Name}}; its index is the shard's number.
        # Any shards can be submitted by hand: sbatch --array=0,3,7-9 {{Quote(job.ScriptPath)}}
        #SBATCH --job-name={{job.Name}}
        #SBATCH --output={{Directive(job.LogFolder.Replace("%", "%%", StringComparison.Ordinal) + "/%a.log")}}
        #SBATCH --open-mode=append
        #SBATCH --ntasks=1
        #SBATCH --cpus-per-task={{job.CpusPerTask}}
        #SBATCH --requeue
        #SBATCH --signal=B:USR1@60
        {{string.Concat(job.Options.Select(option => $"#SBATCH {Directive(Checked(option))}\n"))}}
        task=${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}
        restarts=${SLURM_RESTART_COUNT:-0}
        echo "== task $task on ${SLURMD_NODENAME:-$HOSTNAME}, started again $restarts times, $(date -u +%FT%TZ)"

        # USR1 comes a minute before the time limit; TERM means cancelled or preempted. The program hears of both as TERM,
        # saves a checkpoint and exits with {{ExitCodes.Resumable}}.
        child='' signalled='' terminated=''
        pass_on() { signalled=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null; }
        trap pass_on USR1
        trap 'terminated=yes; pass_on' TERM

        {{string.Join(" ", job.Command.Select(Quote))}} --shard "$SLURM_ARRAY_TASK_ID" &
        child=$!
        [ -z "$signalled" ] || kill -TERM "$child"

        # A signal ends `wait` early, while the program still writes its checkpoint.
        until signalled=''; wait "$child"; code=$?; [ -z "$signalled" ]; do :; done

        # After TERM this is not ours to do: what was cancelled stays cancelled, what was preempted is queued by Slurm. A TERM for all may reach the program,
        # which is through by now, before it reaches this script: wait for it.
        if [ "$code" -eq {{ExitCodes.Resumable}} ]; then sleep 1; fi
        if [ "$code" -eq {{ExitCodes.Resumable}} ] && [ -z "$terminated" ]; then
          if [ "$restarts" -lt {{job.Retries}} ]; then
            echo "== task $task saved a checkpoint and goes back into the queue"
            scontrol requeue "$task"
          else
            echo "== task $task saved a checkpoint but was started again $restarts times already, so it stops here"
          fi
        fi
        exit "$code"

        """;

    private static string Checked(string option)
    {
        if (option.Length < 2 || option[0] != '-' || option.Any(char.IsControl))
            throw new GoldilocksException($"--slurm-option \"{option}\" is not an option of sbatch. Give one option each time, such as --slurm-option=--time=01:00:00.");
        var name = option.StartsWith("--", StringComparison.Ordinal) ? option.Split('=', ' ')[0] : option[..2];
        if (Reserved.Contains(name, StringComparer.Ordinal))
            throw new GoldilocksException($"--slurm-option {option}: {name} is set by goldilocks. Remove it; others, such as --time or --partition, are free.");
        return option;
    }

    /// <summary>As bash reads it: plain words as they are, anything else in single quotes.</summary>
    private static string Quote(string word) =>
        PlainWord().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>As sbatch reads the lines that begin with #SBATCH.</summary>
    private static string Directive(string text) =>
        PlainWord().IsMatch(text) ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[\w./:=@%+,-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
