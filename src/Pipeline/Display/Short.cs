using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>Short forms of values, hashes, sizes and durations for people.</summary>
internal static class Short
{
    /// <summary>The first 12 characters, as file names use them.</summary>
    public static string Hash(string hash) => hash.Length > 12 ? hash[..12] : hash;

    /// <summary>Strings as they are, all else as canonical JSON.</summary>
    public static string Value(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : CanonicalJson.Write(value);

    /// <summary>"recipe: toy-addition, seed: 58".</summary>
    public static string Configuration(JsonObject configuration) => string.Join(", ", configuration.Select(pair => $"{pair.Key}: {Value(pair.Value)}"));

    /// <summary>"0.4 s", "12 s", "3 min 05 s", "2 h 10 min".</summary>
    public static string Duration(TimeSpan time)
    {
        if (time.TotalSeconds < 9.95) return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
        var seconds = (long)Math.Round(time.TotalSeconds);
        return seconds < 60 ? $"{seconds} s"
            : seconds < 3600 ? $"{seconds / 60} min {seconds % 60:00} s"
            : $"{seconds / 3600} h {seconds % 3600 / 60:00} min";
    }

    /// <summary>A path as seen from here, or whole when it lies elsewhere.</summary>
    public static string Path(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>"120 of 176 runs done, 2 running, 1 failed, 53 left; about 6 min 05 s to go".</summary>
    public static string Sweep(SweepStatus sweep) =>
        $"{sweep.Done} of {sweep.Runs} runs done, {sweep.Running} running, {sweep.Failed} failed, {sweep.Left} left{(sweep.Remaining is { } time ? $"; about {Duration(time)} to go" : "")}";

    /// <summary>"1 file", "61 files, 4.2 MB".</summary>
    public static string Files(IReadOnlyCollection<OutputFile> outputs)
    {
        var bytes = outputs.Sum(output => output.Bytes);
        var size = bytes < 1000 ? $"{bytes} bytes"
            : bytes < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
        return $"{outputs.Count} {(outputs.Count == 1 ? "file" : "files")}, {size}";
    }
}
