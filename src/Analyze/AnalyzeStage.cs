using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>The analysis stage: every exported model runs in ONNX Runtime and is measured; one row per run and step.</summary>
public static class AnalyzeStage
{
    /// <summary>The table's file name.</summary>
    public const string FileName = "analysis.parquet";

    /// <summary>
    /// Writes <see cref="FileName"/>, and where <see cref="AnalyzeOptions.DecoderMap"/> asks for it <c>decoder_map.parquet</c>, where <see cref="AnalyzeOptions.Components"/> does the <see cref="ComponentTables"/>, where <see cref="AnalyzeOptions.Rivals"/> does <c>signatures.parquet</c> and <c>rivals.parquet</c>; equal models give equal
    /// bytes, whatever the number of jobs.
    /// </summary>
    /// <param name="exportFolder">Holds the models; searched with its subfolders.</param>
    /// <param name="trainFolder">
    /// Holds <c>checkpoints/&lt;run12&gt;-witness.safetensors</c>, the trainer's own outputs, with which every model is compared; null: no comparison.
    /// </param>
    /// <param name="outputFolder">Made when missing.</param>
    /// <param name="options">How ONNX Runtime runs, and what is asked for.</param>
    /// <param name="jobs">Models at a time, at least 1.</param>
    /// <param name="progress">Models analysed and to analyse; told from any thread.</param>
    /// <param name="cancellation">Looked at between models.</param>
    /// <exception cref="GoldilocksException">
    /// A model cannot be read or run, or no run has a decoder map that was asked for: nothing is written. Or, with <see cref="ExitCodes.Mismatch"/> and after the table has been written: a
    /// model's outputs are not the trainer's, by more than 1e-5 of the largest one or in a predicted class.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is written.</exception>
    public static AnalyzeResult Run(
        string exportFolder,
        string? trainFolder,
        string outputFolder,
        AnalyzeOptions options,
        int jobs,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellation)
    {
        var witnesses = trainFolder is null ? null : new WitnessFiles(trainFolder);
        var analysis = Analyzer.Run(ModelFile.Find([exportFolder]), witnesses, options, jobs, progress, cancellation);
        if (analysis.Failures is [var failure, ..])
        {
            var others = analysis.Failures.Count - 1;
            throw others == 0 ? failure : new GoldilocksException($"{failure.Message} ({others} more {(others == 1 ? "model" : "models")} failed)", failure.ExitCode, failure);
        }

        var maps = options.DecoderMap == 0 ? [] : DecoderMapper.Run(analysis.Rows, options, cancellation);
        var components = options.Components == 0 ? [] : ComponentAnalyzer.Run(analysis.Rows, options, jobs, cancellation);
        var tracks = options.Rivals ? RunTrack.Read(trainFolder ?? throw new GoldilocksException("rivals: need the training folder, whose curves say when runs memorise and generalise.")) : [];
        var signatures = RunMeasures.Compute(tracks);
        var rivals = options.Rivals ? RivalAnalyzer.Run(tracks, analysis.Rows, signatures) : [];
        AnalysisTable.Write(Path.Combine(outputFolder, FileName), analysis.Rows);
        if (options.Rivals)
        {
            RunMeasures.Write(Path.Combine(outputFolder, RunMeasures.FileName), tracks, signatures);
            RivalTable.Write(Path.Combine(outputFolder, RivalTable.FileName), rivals);
        }

        if (components.Count > 0) ComponentTables.Write(outputFolder, components);
        if (maps.Count > 0) DecoderMapTable.Write(Path.Combine(outputFolder, DecoderMapTable.FileName), maps);
        return Agreement.Disagreement(analysis.Rows) is { } mismatch ? throw mismatch : analysis.Summary;
    }
}
