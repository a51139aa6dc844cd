using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Train;

/// <summary>
/// The file of a shard: all its runs, as far as they have come, in one safetensors file that is replaced as a whole. The metadata name the plan and hold
/// a header for each run and a hash over everything else, for a file system may return other bytes than were written.
/// </summary>
internal static class ShardFile
{
    private const string PlanKey = "plan";
    private const string ShardKey = "shard";
    private const string HashKey = "sha256";
    private const string RunPrefix = "run/";

    /// <summary>Writes the shard, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">Identity of the plan and its number of shards.</param>
    /// <param name="shard">Which one.</param>
    /// <param name="runs">States by the run's identity.</param>
    public static void Write(string path, SweepPlan plan, int shard, IEnumerable<KeyValuePair<string, RunState>> runs)
    {
        var metadata = new Dictionary<string, string> { [PlanKey] = plan.Identity, [ShardKey] = Name(plan, shard) };
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (var (run, state) in runs)
        {
            metadata[RunPrefix + run] = state.Header.Write();
            tensors.AddRange(state.Tensors.Select(tensor => KeyValuePair.Create($"{run}/{tensor.Key}", tensor.Value)));
        }

        metadata[HashKey] = Hash(metadata, tensors);
        SafetensorsFile.Write(path, tensors, metadata);
    }

    /// <summary>The runs in a shard's file, by identity.</summary>
    /// <exception cref="GoldilocksException">The file is damaged, or belongs to another plan; one line says which.</exception>
    public static Dictionary<string, RunState> Read(string path, SweepPlan plan, int shard)
    {
        var content = SafetensorsFile.Read(path);
        var headers = Headers(content.Metadata, path, plan, shard);
        if (content.Metadata.GetValueOrDefault(HashKey) != Hash(content.Metadata, content.Tensors)) throw new GoldilocksException($"{path}: its content is not what was written (SHA-256 differs).");
        var tensors = content.Tensors.ToLookup(tensor => tensor.Key[..Math.Max(0, tensor.Key.IndexOf('/', StringComparison.Ordinal))], StringComparer.Ordinal);
        return headers.ToDictionary(header => header.Run,
            header => new RunState(header.Header, [.. tensors[header.Run].Select(tensor => KeyValuePair.Create(tensor.Key[(header.Run.Length + 1)..], tensor.Value))]), StringComparer.Ordinal);
    }

    /// <summary>The headers alone, without reading the tensors.</summary>
    /// <exception cref="GoldilocksException">As <see cref="Read"/>, as far as the headers show it.</exception>
    public static IReadOnlyList<(string Run, RunHeader Header)> ReadHeaders(string path, SweepPlan plan, int shard) => Headers(SafetensorsFile.ReadMetadata(path), path, plan, shard);

    private static List<(string Run, RunHeader Header)> Headers(IReadOnlyDictionary<string, string> metadata, string path, SweepPlan plan, int shard)
    {
        if (metadata.GetValueOrDefault(PlanKey) is not { } identity) throw new GoldilocksException($"{path}: it is no shard of a sweep.");
        if (identity != plan.Identity) throw new GoldilocksException($"{path}: it belongs to another plan ({identity[..Math.Min(12, identity.Length)]}, not {plan.Identity[..12]}).");
        if (metadata.GetValueOrDefault(ShardKey) != Name(plan, shard)) throw new GoldilocksException($"{path}: it is shard {metadata.GetValueOrDefault(ShardKey)}, not {Name(plan, shard)}.");
        try
        {
            return [.. metadata.Where(entry => entry.Key.StartsWith(RunPrefix, StringComparison.Ordinal)).Select(entry => (entry.Key[RunPrefix.Length..], RunHeader.Parse(entry.Value)))];
        }
        catch (JsonException e)
        {
            throw new GoldilocksException($"{path}: a run's header cannot be read: {e.Message}", inner: e);
        }
    }

    private static string Name(SweepPlan plan, int shard) => FormattableString.Invariant($"{shard} of {plan.Shards}");

    private static string Hash(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in metadata.Where(entry => entry.Key != HashKey).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{key}\0{value}\0"));
        foreach (var (name, tensor) in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0"));
            hash.AppendData(tensor.Data.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
