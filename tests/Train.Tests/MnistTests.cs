using Goldilocks.Core;
using Goldilocks.Data;

namespace Goldilocks.Train.Tests;

/// <summary>The recipe mnist on images that are made here: each class has a bright column of its own.</summary>
public sealed class MnistTests : IDisposable
{
    private const int Classes = 3, Side = 5, TrainImages = 40, TestImages = 20;

    private readonly TemporaryFolder _folder = new();

    public MnistTests()
    {
        var random = new Random(1);
        foreach (var (part, count) in new[] { ("train", TrainImages), ("t10k", TestImages) })
        {
            var (pixels, labels) = (new byte[count * Side * Side], new byte[count]);
            for (var i = 0; i < count; i++)
            {
                labels[i] = (byte)(i % Classes);
                for (var pixel = 0; pixel < Side * Side; pixel++) pixels[(i * Side * Side) + pixel] = (byte)(random.Next(60) + (pixel % Side == labels[i] ? 180 : 0));
            }

            IdxFile.Write(_folder.File($"{part}-images-idx3-ubyte"), pixels, count, Side, Side);
            IdxFile.Write(_folder.File($"{part}-labels-idx1-ubyte"), labels, count);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mse")]
    [InlineData("cross_entropy")]
    public void Learns_what_can_be_separated_and_reaches_both_thresholds(string loss)
    {
        var experiment = Create($"loss={loss}", "steps=400", "weight_scale=1", "representation_lr=0.01", "decoder_lr=0.01");
        using var trainer = new Trainer(experiment, threads: 2);
        trainer.Run();
        Assert.Equal((TrainImages, TestImages), (trainer.Record.Last.TrainCorrect, trainer.Record.Last.ValidationCorrect));
        Assert.NotNull(trainer.Record.TrainAccuracyStep);
        Assert.True(trainer.Record.ValidationAccuracyStep <= trainer.Record.TrainAccuracyStep, "60 % of separable images come before 90 % of the training images");
        Assert.Null(trainer.Record.RqiStep);
        Assert.True(double.IsNaN(trainer.Record.Last.Rqi));
        Assert.DoesNotContain(trainer.Record.Curve, point => point.Metric is CurveMetric.Rqi or CurveMetric.EffectiveDimension);
        Assert.Empty(trainer.Record.Embeddings);
    }

    [Fact]
    public void All_initial_parameters_are_scaled_biases_too()
    {
        var (one, nine) = (Create("weight_scale=1"), Create("weight_scale=9"));
        foreach (var name in one.Groups.SelectMany(group => group.Parameters))
        {
            float[] small = one.Graph.Initializer(name)!.AsFloats().ToArray(), large = nine.Graph.Initializer(name)!.AsFloats().ToArray();
            for (var i = 0; i < small.Length; i++) Assert.Equal(9.0 * small[i], large[i], 1e-5);
        }
    }

    [Fact]
    public void The_last_layer_has_a_rate_of_its_own_and_all_layers_decay()
    {
        var groups = Create("representation_lr=0.5", "decoder_lr=0.25", "weight_decay=2", "depth=3").Groups;
        Assert.Equal([(0.5, 2.0), (0.25, 2.0)], groups.Select(group => (group.Options.LearningRate, group.Options.WeightDecay)));
        Assert.Equal(["layers.6.weight", "layers.6.bias"], groups[1].Parameters);
        Assert.Equal(6, groups[0].Parameters.Count);
    }

    [Theory]
    [InlineData("train_images=41", "train_images: the data set has 40 training images, not 41. Choose 1 to 40.")]
    [InlineData("validation_images=21", "validation_images: the data set has 20 test images, not 21. Choose 1 to 20.")]
    [InlineData("data=/no/such/folder", "data: there is no folder /no/such/folder.")]
    public void What_the_data_set_lacks_is_one_line(string setting, string message)
    {
        var error = Assert.Throws<GoldilocksException>(() => Create(setting));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("accuracy_threshold")]
    [InlineData("validation_threshold")]
    public void A_threshold_that_no_accuracy_exceeds_is_refused(string threshold)
    {
        var error = Assert.Throws<GoldilocksException>(() => Create($"{threshold}=1", "convention=paper"));
        Assert.StartsWith($"{threshold}: no accuracy exceeds 1.", error.Message, StringComparison.Ordinal);
        Assert.NotNull(Create($"{threshold}=1", "convention=reference"));
    }

    [Fact]
    public void A_run_on_disk_has_no_embedding_and_continues_bit_for_bit()
    {
        var config = Configure("steps=60", "checkpoints=last", "batch=16");
        TrainStage.Run([config], _folder.File("whole"), 1, null, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var sweep = TrainSweep.Open([config], [], _folder.File("parts"));
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => sweep.Train(1, stopAtFailure: true, null, stop.Token));
        TrainStage.Run([config], _folder.File("parts"), 2, null, CancellationToken.None);
        foreach (var table in new[] { "runs", "curves", "embeddings" })
            Assert.Equal(File.ReadAllBytes(_folder.File("whole", $"{table}.parquet")), File.ReadAllBytes(_folder.File("parts", $"{table}.parquet")));
        using var engine = new Native.QueryEngine();
        var row = engine.Query($"SELECT rqi_step, final_rqi, final_predicted_accuracy, nullity, samples FROM '{_folder.File("whole", "runs.parquet")}'", CancellationToken.None).Rows.Single();
        Assert.Equal([null, null, null, null, 60L], row);
    }

    private RunConfig Configure(params string[] settings) => Recipe.Find("mnist").Resolve(new Dictionary<string, string>
    {
        ["data"] = _folder.Path, ["train_images"] = "40", ["validation_images"] = "20", ["batch"] = "20", ["width"] = "12", ["steps"] = "10",
    }.Concat(settings.Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]))).GroupBy(pair => pair.Key).Select(group => group.Last()));

    private Experiment Create(params string[] settings) => Recipe.Find("mnist").Create(Configure(settings));
}
