namespace Goldilocks.Report;

/// <summary>A run in training as pages know finished ones.</summary>
internal static class LiveDetail
{
    public static RunDetail Of(LiveRecord record)
    {
        var row = new RunRow([new("run", record.Run.Id), .. record.Run.Settings, .. record.Results]);
        var curves = record.Points.GroupBy(point => (point.Split, point.Metric)).ToDictionary(group => group.Key, group => new Curve([.. group.Select(point => point.Step)], [.. group.Select(point => point.Value)]));
        return RunDetail.Of(row, curves, Embeddings(record, row.Dimension), analysis: null);
    }

    private static EmbeddingHistory Embeddings(LiveRecord record, int dimension)
    {
        var states = record.EmbeddingSteps.Count;
        if (states == 0) return EmbeddingHistory.None(dimension);
        var size = record.Embeddings.Count / states;
        return new EmbeddingHistory(record.EmbeddingSteps, [.. Enumerable.Range(0, states).Select(i => Enumerable.Range(i * size, size).Select(k => (double)record.Embeddings[k]).ToArray())], dimension);
    }
}
