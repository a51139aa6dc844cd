namespace Goldilocks.Pipeline;

/// <summary>Hashes every output again and compares it with the manifests.</summary>
internal static class Verifier
{
    /// <summary>Every mismatch in the folder of one stage, one line each; none when all is as its manifest says.</summary>
    /// <param name="folder">The stage's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="inputs">Output hash that the inputs' manifests state, where they have one.</param>
    /// <param name="cancellation">Stops between files.</param>
    public static IReadOnlyList<string> Mismatches(
        StageFolder folder, Manifest manifest, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var output in manifest.Outputs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(folder.PathOf(output.Path)))
            {
                problems.Add($"{output.Path} is missing");
                continue;
            }

            try
            {
                var (bytes, hash) = folder.Hash(output.Path);
                if (bytes != output.Bytes) problems.Add($"{output.Path} has {bytes} bytes instead of {output.Bytes}");
                else if (hash != output.Sha256) problems.Add($"{output.Path} has hash {Short.Hash(hash)} instead of {Short.Hash(output.Sha256)}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{output.Path} cannot be read: {e.Message}");
            }
        }

        var listed = manifest.Outputs.Select(output => output.Path).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(folder.OutputPaths().Where(path => !listed.Contains(path)).Order(StringComparer.Ordinal).Select(path => $"{path} is not in the manifest"));
        problems.AddRange(manifest.Inputs
            .Where(input => inputs.TryGetValue(input.Key, out var now) && now != input.Value)
            .Select(input => $"was made from {input.Key} {Short.Hash(input.Value)}, which is now {Short.Hash(inputs[input.Key])}"));
        return problems;
    }
}
