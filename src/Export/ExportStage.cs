using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Export;

/// <summary>The export stage: every checkpoint of a training folder becomes a model.</summary>
public static class ExportStage
{
    /// <summary>Writes <c>&lt;run12&gt;-step&lt;7 digits&gt;.onnx</c> for each checkpoint of each run.</summary>
    /// <param name="trainFolder">Holds <c>checkpoints/*.safetensors</c> and their <c>*.graph.onnx</c>.</param>
    /// <param name="outputFolder">Made when missing; files of the same names are replaced.</param>
    /// <param name="progress">Models written and to write, after each.</param>
    /// <param name="cancellation">Looked at between models; those written stay, whole.</param>
    /// <returns>The number of models written.</returns>
    /// <exception cref="GoldilocksException">Nothing to export, or a file that is missing, damaged or does not fit; one line says which.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static int Run(string trainFolder, string outputFolder, IProgress<(int Done, int Total)>? progress, CancellationToken cancellation)
    {
        var jobs = ExportJob.Plan([trainFolder], outputFolder, graph: null);
        Run(jobs, progress, cancellation);
        return jobs.Count;
    }

    internal static void Run(IReadOnlyList<ExportJob> jobs, IProgress<(int Done, int Total)>? progress, CancellationToken cancellation)
    {
        // Sorted by name, a run's checkpoints stand together: one graph in memory is enough.
        (string Path, ModelGraph Graph)? last = null;
        for (var i = 0; i < jobs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var job = jobs[i];
            if (last?.Path != job.Graph) last = (job.Graph, OnnxFile.Read(job.Graph));
            OnnxFile.Write(job.Model, Exporter.Attach(last.Value.Graph, SafetensorsFile.Read(job.Checkpoint), job.Checkpoint));
            progress?.Report((i + 1, jobs.Count));
        }
    }
}
