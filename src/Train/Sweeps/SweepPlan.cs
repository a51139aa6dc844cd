using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>
/// How the runs of a sweep are cut into shards: run i belongs to shard i mod <see cref="Shards"/>, so that neighbours of the grid, which take about as
/// long as each other, spread over all shards. The plan is a file; whoever works on a shard needs nothing else.
/// </summary>
/// <param name="Identity">SHA-256 over the runs' identities, in order: what the shards' files name as their plan.</param>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Settings">What the runs were expanded from, for those who have to expand them again.</param>
/// <param name="Runs">Number of runs, at least 1.</param>
/// <param name="Shards">Number of shards, 1 to <paramref name="Runs"/>.</param>
/// <param name="Steps">Steps of all runs together when none stops early.</param>
public sealed record SweepPlan(string Identity, string Recipe, JsonObject Settings, int Runs, int Shards, long Steps)
{
    /// <summary>Raised when the file or the assignment of runs to shards changes.</summary>
    public const int FormatVersion = 1;

    private const int RunsPerShard = 256;
    private const int LargestFile = 64 << 20;

    /// <summary>The folder, below the stage's, that holds the plan, the shards and what executors keep.</summary>
    public const string FolderName = ".sweep";

    /// <summary>Cuts <paramref name="runs"/> into <paramref name="shards"/>, by default as many as keep a shard's file small.</summary>
    /// <exception cref="GoldilocksException">More shards than runs, or fewer than one.</exception>
    public static SweepPlan For(IReadOnlyList<RunConfig> runs, JsonObject settings, int? shards)
    {
        if (shards is < 1 || shards > runs.Count) throw new GoldilocksException($"--shards must lie in [1, {runs.Count}], the number of runs, not {shards}.");
        return new SweepPlan(IdentityOf(runs), runs[0].Recipe, settings, runs.Count, shards ?? ((runs.Count + RunsPerShard - 1) / RunsPerShard), runs.Sum(run => run.Long("steps")));
    }

    /// <summary>SHA-256 over the identities of <paramref name="runs"/>, in order.</summary>
    public static string IdentityOf(IReadOnlyList<RunConfig> runs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var run in runs) hash.AppendData(Encoding.ASCII.GetBytes(run.Run));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The plan's file in a stage's folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, FolderName, "plan.json");

    /// <summary>A shard's file in a stage's folder.</summary>
    public static string ShardPathIn(string folder, int shard) => Path.Combine(folder, FolderName, "shards", FormattableString.Invariant($"shard-{shard:D5}.safetensors"));

    /// <summary>The runs of a shard, ascending.</summary>
    public IEnumerable<int> RunsOf(int shard)
    {
        for (var run = shard; run < Runs; run += Shards) yield return run;
    }

    /// <summary>Writes the plan, whole or not at all.</summary>
    public void Write(string folder) => AtomicFile.WriteAllText(PathIn(folder), new JsonObject
    {
        ["format"] = FormatVersion,
        ["identity"] = Identity,
        ["recipe"] = Recipe,
        ["runs"] = Runs,
        ["shards"] = Shards,
        ["steps"] = Steps,
        ["settings"] = Settings.DeepClone(),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");

    /// <summary>The plan in a stage's folder, or null when there is none.</summary>
    /// <exception cref="GoldilocksException">It cannot be read, or is of another version.</exception>
    public static SweepPlan? Read(string folder)
    {
        var path = PathIn(folder);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            if (file.Length > LargestFile) throw new FormatException($"{file.Length} bytes long");
            var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            if ((int)root["format"]! != FormatVersion) throw new FormatException($"format {root["format"]}, where this version knows {FormatVersion}");
            var plan = new SweepPlan((string)root["identity"]!, (string)root["recipe"]!, (JsonObject)root["settings"]!.DeepClone(), (int)root["runs"]!, (int)root["shards"]!, (long)root["steps"]!);
            return plan.Runs >= 1 && plan.Shards >= 1 && plan.Shards <= plan.Runs ? plan : throw new FormatException($"{plan.Shards} shards of {plan.Runs} runs");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException or IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"the plan {path} cannot be used: {e.Message.TrimEnd('.')}. Plan the sweep anew with --force.", inner: e);
        }
    }
}
