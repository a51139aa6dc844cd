using System.Diagnostics;
using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Slurm through its own commands, which every cluster has.</summary>
/// <param name="environment">Variables for the commands beside this process's own.</param>
internal sealed class SlurmClient(IReadOnlyDictionary<string, string>? environment = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Submits a script as a job array.</summary>
    /// <returns>The job's number, or "number;cluster" without its cluster.</returns>
    /// <exception cref="GoldilocksException">Slurm is missing or refuses.</exception>
    public async Task<string> SubmitAsync(string script, IEnumerable<int> shards, CancellationToken cancellation)
    {
        var answer = Checked("sbatch", await RunAsync("sbatch", ["--parsable", $"--array={ArrayIndices.Format(shards)}", script], cancellation));
        var job = answer.Trim().Split(';')[0];
        return job.Length > 0 && job.All(char.IsAsciiDigit) ? job : throw Unexpected("sbatch", answer);
    }

    /// <summary>The tasks of a job array, with those that ended a short while ago; empty when Slurm no longer knows the job.</summary>
    /// <param name="job">Its number.</param>
    /// <param name="name">Its name: numbers begin again when a cluster is set up anew.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <exception cref="GoldilocksException">Slurm is missing or does not answer.</exception>
    public async Task<IReadOnlyList<SlurmTask>> TasksAsync(string job, string name, CancellationToken cancellation)
    {
        var result = await RunAsync("squeue", ["--noheader", "--array", "--states=all", $"--jobs={job}", $"--name={name}", "--Format=ArrayTaskID:12|,State:24|,RestartCnt:12|,Reason:200"], cancellation);
        if (result.Code != 0 && result.Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase)) return [];
        var lines = Checked("squeue", result).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries) is [var index, var state, var restarts, var reason]
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var shard) && int.TryParse(restarts, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new SlurmTask(shard, state, count, reason)
            : throw Unexpected("squeue", line))];
    }

    /// <summary>One more than the largest index that an array of this cluster may have.</summary>
    /// <exception cref="GoldilocksException">Slurm is missing or does not answer.</exception>
    public async Task<int> MaxArraySizeAsync(CancellationToken cancellation)
    {
        var configuration = Checked("scontrol", await RunAsync("scontrol", ["show", "config"], cancellation));
        var line = configuration.Split('\n').FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal)) ?? throw Unexpected("scontrol", "no MaxArraySize");
        return int.TryParse(line.Split('=')[^1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw Unexpected("scontrol", line);
    }

    /// <summary>Lets a held task start again.</summary>
    /// <exception cref="GoldilocksException">Slurm is missing or refuses.</exception>
    public async Task ReleaseAsync(string job, int shard, CancellationToken cancellation) =>
        Checked("scontrol", await RunAsync("scontrol", ["release", $"{job}_{shard}"], cancellation));

    private static string Checked(string command, (int Code, string Output, string Error) result)
    {
        if (result.Code == 0) return result.Output;
        var line = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? $"exit code {result.Code}";
        throw new GoldilocksException($"{command} failed: {line}", ExitCodes.StageFailed);
    }

    private static GoldilocksException Unexpected(string command, string answer) =>
        new($"{command} gave an answer that is not understood: \"{answer.Trim()}\". Check that it is Slurm's own {command}.", ExitCodes.StageFailed);

    private async Task<(int Code, string Output, string Error)> RunAsync(string command, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Find(command), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new GoldilocksException($"{command} gave no answer within {Limit.TotalSeconds} s. Is the cluster's controller up?", ExitCodes.StageFailed);
        }

        // Ctrl-C reaches the command too; what it then says is no answer.
        if (process.ExitCode != 0) cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, await output, await error);
    }

    private string Find(string command)
    {
        var path = environment?.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists)
            ?? throw new GoldilocksException($"{command} was not found. Install Slurm's client and put it on the PATH, or use --executor local.");
    }
}
