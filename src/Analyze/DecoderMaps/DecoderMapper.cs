using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>Makes decoder maps, with one ONNX Runtime session per architecture.</summary>
internal static class DecoderMapper
{
    /// <summary>The map of each run's last checkpoint, where its embedding is two-dimensional; in the order of the runs.</summary>
    /// <param name="rows">What was analysed.</param>
    /// <param name="options">With a <see cref="AnalyzeOptions.DecoderMap"/>.</param>
    /// <param name="cancellation">Looked at between the rows of a map.</param>
    /// <exception cref="GoldilocksException">No run can be mapped; or a model cannot be read or run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<DecoderMap> Run(IReadOnlyList<AnalysisRow> rows, AnalyzeOptions options, CancellationToken cancellation)
    {
        var models = new Dictionary<string, DecoderModel>(StringComparer.Ordinal);
        var maps = new List<DecoderMap>();
        string? reason = null;
        try
        {
            foreach (var last in rows.Where(row => row.Run is not null).GroupBy(row => row.Run, (_, checkpoints) => checkpoints.MaxBy(row => row.Step)!))
            {
                try
                {
                    maps.Add(Map(last, models, options, cancellation));
                }
                catch (NotMeasurableException e)
                {
                    reason ??= $"run {ModelSeries.Show(last.Run!)}: {e.Message}";
                }
            }
        }
        finally
        {
            foreach (var model in models.Values) model.Dispose();
        }

        return maps.Count > 0 ? maps
            : throw new GoldilocksException($"decoder map: no run can be drawn on a plane ({reason ?? "no model belongs to a run"}). Train with embedding_dimension=2, or leave the map out.");
    }

    private static DecoderMap Map(AnalysisRow row, Dictionary<string, DecoderModel> models, AnalyzeOptions options, CancellationToken cancellation)
    {
        var graph = Checkpoint.Read(row.File).Graph;
        var embedding = Embedding.Of(graph);
        if (embedding.Dimension != 2) throw new NotMeasurableException($"its embedding has {embedding.Dimension} dimension{(embedding.Dimension == 1 ? "" : "s")}, not 2");
        var grid = PlaneGrid.Around(embedding, options.DecoderMap);
        var decoder = DecoderModel.Cut(graph);
        var key = Convert.ToHexString(SHA256.HashData(SharedModel.Skeleton(decoder)));
        try
        {
            if (!models.TryGetValue(key, out var model)) models[key] = model = new DecoderModel(decoder, grid.Side, options.Session);
            return new DecoderMap(row.Run!, row.Step!.Value, grid, model.Classify(decoder, grid, cancellation));
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"{row.File.Path}: {e.Message}", ExitCodes.Usage, e);
        }
    }
}
