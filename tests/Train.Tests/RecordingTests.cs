using Goldilocks.Native;

namespace Goldilocks.Train.Tests;

/// <summary>How much of a run is kept is a setting; the last state always is.</summary>
public sealed class RecordingTests
{
    /// <summary>Crosses every threshold within its steps, RQI first.</summary>
    private static readonly string[] Quick = [.. Runs.Replay, "width=48", "decoder_lr=1e-3", "embedding_lr=1e-2", "steps=1000"];

    [Fact]
    public void Stopping_at_the_RQI_finds_the_RQI_step_of_a_full_run()
    {
        var full = Runs.Train(Runs.Configure(Quick));
        var early = Runs.Train(Runs.Configure([.. Quick, "stop=rqi"]));
        Assert.NotNull(full.RqiStep);
        Assert.Equal(full.RqiStep, early.RqiStep);
        Assert.True(early.Finished);

        // The reference code's RQI of step t is that of the state after its update.
        Assert.Equal(full.RqiStep + 1, early.Steps);
        Assert.True(early.Last.Rqi > 0.95);
        Assert.True(early.Steps < full.Steps);
    }

    [Fact]
    public void A_run_that_ends_early_records_its_last_state()
    {
        var record = Runs.Train(Runs.Configure([.. Quick, "stop=rqi", "record_per_decade=0"]));
        Assert.Equal([0, record.Steps], record.EmbeddingSteps);
        var last = record.Curve.TakeLast(5).ToDictionary(point => point.Metric, point => (point.Step, point.Value));
        Assert.Equal((record.Steps, record.Last.TrainLoss), last[CurveMetric.TrainLoss]);
        Assert.Equal((record.Steps, record.Last.ValidationLoss), last[CurveMetric.ValidationLoss]);
        Assert.Equal((record.RqiStep!.Value, record.Last.Rqi), last[CurveMetric.Rqi]);
        Assert.Equal(record.Curve.Select(point => (point.Step, point.Metric)).Distinct().Count(), record.Curve.Count);
    }

    [Fact]
    public void Sparse_records_are_a_part_of_dense_ones()
    {
        string[] settings = ["width=20", "steps=300", "seed=2"];
        var dense = Runs.Train(Runs.Configure(settings));
        var sparse = Runs.Train(Runs.Configure([.. settings, "record_per_decade=0"]));
        Assert.Equal([0, 300], sparse.EmbeddingSteps);
        Assert.Equal(dense.Curve.Where(point => point.Step is 0 or 300), sparse.Curve);
        Assert.Equal([.. dense.Embeddings[..10], .. dense.Embeddings[^10..]], sparse.Embeddings);
    }

    [Fact]
    public void The_last_checkpoint_alone_is_the_one_of_a_schedule()
    {
        string[] settings = ["width=20", "steps=40", "seed=2"];
        var (scheduled, last) = (Runs.Configure(settings), Runs.Configure([.. settings, "checkpoints=last"]));
        using var folder = new TemporaryFolder();
        using var single = new TemporaryFolder();
        TrainStage.Run([scheduled], folder.Path, 1, null, default);
        TrainStage.Run([last], single.Path, 1, null, default);
        Assert.Equal([$"{last.ShortRun}-step0000040.safetensors", $"{last.ShortRun}-witness.safetensors", $"{last.ShortRun}.graph.onnx"],
            Directory.GetFiles(single.File("checkpoints")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var expected = Graph.Safetensors.SafetensorsFile.Read(folder.File("checkpoints", $"{scheduled.ShortRun}-step0000040.safetensors"));
        var found = Graph.Safetensors.SafetensorsFile.Read(single.File("checkpoints", $"{last.ShortRun}-step0000040.safetensors"));
        foreach (var (name, tensor) in expected.Tensors) Assert.True(tensor.Data.Span.SequenceEqual(found.Find(name)!.Data.Span), $"{name} differs");
        Assert.All(Graph.Safetensors.SafetensorsFile.Read(single.File("checkpoints", $"{last.ShortRun}-witness.safetensors")).Tensors,
            tensor => Assert.StartsWith("step0000040/", tensor.Key, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_ends_early_leaves_its_last_checkpoint()
    {
        using var folder = new TemporaryFolder();
        var config = Runs.Configure([.. Quick, "stop=rqi", "record_per_decade=0", "checkpoints=last"]);
        var record = TrainStage.Run([config], folder.Path, 1, null, default)[0];
        Assert.True(File.Exists(folder.File("checkpoints", $"{config.ShortRun}-step{record.Steps:D7}.safetensors")));
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("embeddings", folder.File("embeddings.parquet"));
        Assert.Equal(new long[] { 0, record.Steps }, engine.Query("SELECT DISTINCT step FROM embeddings ORDER BY step").Rows.Select(row => (long)row[0]!));
    }
}
