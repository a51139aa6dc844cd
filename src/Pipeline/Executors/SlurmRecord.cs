using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>What was submitted last, so that a later call follows it instead of submitting it twice.</summary>
/// <param name="Job">Slurm's number of the job.</param>
/// <param name="Shards">The array's indices, "0,3,7-9".</param>
/// <param name="Submitted">When.</param>
internal sealed record SlurmRecord(string Job, string Shards, DateTimeOffset Submitted)
{
    public void Write(string path) => AtomicFile.WriteAllText(path, new JsonObject
    {
        ["job"] = Job,
        ["shards"] = Shards,
        ["submitted"] = Submitted.ToString("O", CultureInfo.InvariantCulture),
    }.ToJsonString(JsonText.Indented) + "\n");

    /// <returns>The record, or null where nothing was submitted.</returns>
    /// <exception cref="GoldilocksException">The file is damaged.</exception>
    public static SlurmRecord? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(path))!;
            return new SlurmRecord((string)root["job"]!, (string)root["shards"]!, DateTimeOffset.Parse((string)root["submitted"]!, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentNullException or NullReferenceException)
        {
            throw new GoldilocksException($"{path} is damaged. Look with squeue --me whether its job still runs, then delete the file.", inner: e);
        }
    }
}
