using Goldilocks.Core;

namespace Goldilocks.Export;

/// <summary>One model to write: which checkpoint, with which graph, where to.</summary>
internal sealed record ExportJob(string Checkpoint, string Graph, string Model)
{
    private const string CheckpointSuffix = ".safetensors", WitnessSuffix = "-witness.safetensors", GraphSuffix = ".graph.onnx", StepMark = "-step";

    /// <summary>Everything is looked up before anything is written.</summary>
    /// <param name="inputs">Checkpoints, folders of checkpoints, or folders with a <c>checkpoints</c> folder.</param>
    /// <param name="outputFolder">Models bear their checkpoints' names.</param>
    /// <param name="graph">The graph of all of them; null: <c>&lt;run12&gt;.graph.onnx</c> beside each.</param>
    /// <exception cref="GoldilocksException">Nothing to export, a missing file, or two checkpoints that would make one model.</exception>
    public static IReadOnlyList<ExportJob> Plan(IEnumerable<string> inputs, string outputFolder, string? graph)
    {
        if (graph is not null && !File.Exists(graph)) throw new GoldilocksException($"{graph}: no such file; --graph names an .onnx file.");
        var jobs = new Dictionary<string, ExportJob>(StringComparer.Ordinal);
        foreach (var checkpoint in inputs.SelectMany(Checkpoints))
        {
            var name = Path.GetFileName(checkpoint)[..^CheckpointSuffix.Length];
            var job = new ExportJob(checkpoint, graph ?? GraphBeside(checkpoint, name), Path.Combine(outputFolder, name + ".onnx"));
            if (!jobs.TryAdd(job.Model, job) && Path.GetFullPath(jobs[job.Model].Checkpoint) != Path.GetFullPath(checkpoint))
                throw new GoldilocksException($"{jobs[job.Model].Checkpoint} and {checkpoint} would both be written to {job.Model}; export them to different folders.");
        }

        return [.. jobs.Values];
    }

    private static IEnumerable<string> Checkpoints(string input)
    {
        if (File.Exists(input))
        {
            if (!IsCheckpoint(input)) throw new GoldilocksException($"{input}: is not a checkpoint; expected a file named *{CheckpointSuffix}, or a folder of them.");
            return [input];
        }

        if (!Directory.Exists(input)) throw new GoldilocksException($"{input}: no such file or folder; expected *{CheckpointSuffix} or a folder of them.");
        var inner = Path.Combine(input, "checkpoints");
        var folder = Directory.Exists(inner) ? inner : input;
        var found = Directory.EnumerateFiles(folder, "*" + CheckpointSuffix).Where(IsCheckpoint).Order(StringComparer.Ordinal).ToArray();
        return found.Length > 0 ? found : throw new GoldilocksException($"{folder}: holds no checkpoints (*{CheckpointSuffix}); train with checkpoints first.");
    }

    private static bool IsCheckpoint(string path) =>
        path.EndsWith(CheckpointSuffix, StringComparison.Ordinal) && !path.EndsWith(WitnessSuffix, StringComparison.Ordinal);

    private static string GraphBeside(string checkpoint, string name)
    {
        var end = name.LastIndexOf(StepMark, StringComparison.Ordinal);
        var graph = Path.Combine(Path.GetDirectoryName(checkpoint) ?? "", (end < 0 ? name : name[..end]) + GraphSuffix);
        return File.Exists(graph) ? graph : throw new GoldilocksException($"{checkpoint}: its graph {graph} is missing; name one with --graph FILE.onnx.");
    }
}
