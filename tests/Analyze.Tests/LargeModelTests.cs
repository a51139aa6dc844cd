using Goldilocks.Data;
using Goldilocks.Export;
using Goldilocks.Train;

namespace Goldilocks.Analyze.Tests;

/// <summary>The models beyond the toy after export: ONNX Runtime against the trainer's outputs and recorded accuracies, on every operation and layer option.</summary>
public sealed class LargeModelTests : IDisposable
{
    private static readonly string[] Operations = [.. Theory.Operations.Names.Select(name => name == "group_NAME" ? "group_s3" : name)];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Transformers => new(
        [.. Operations.Select(operation => $"operation={operation}"), "norm=after", "norm=none heads=2 layers=1 causal=yes positions=learned tokens=equals readout=last", "activation=gelu layers=3", "dropout=0.2"]);

    public static TheoryData<string> Perceptrons => new([.. Operations.Select(operation => $"operation={operation} input=concatenate"), "input=sum", "input=sum operation=modular_divide"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Transformers))]
    public void A_transformer_is_what_the_trainer_trained(string settings) => Agrees("transformer", $"{Modulus(settings)} embedding_dimension=16 feed_forward=24 steps=40 {settings}");

    [Theory]
    [MemberData(nameof(Perceptrons))]
    public void A_perceptron_on_embeddings_is_what_the_trainer_trained(string settings) => Agrees("modular-mlp", $"{Modulus(settings)} embedding_dimension=12 steps=40 {settings}");

    [Theory]
    [InlineData("loss=mse")]
    [InlineData("loss=cross_entropy depth=2")]
    public void An_image_classifier_is_what_the_trainer_trained(string settings)
    {
        const int Side = 6, Count = 30;
        var random = new Random(5);
        foreach (var part in new[] { "train", "t10k" })
        {
            var (pixels, labels) = (new byte[Count * Side * Side], new byte[Count]);
            random.NextBytes(pixels);
            for (var i = 0; i < Count; i++) labels[i] = (byte)random.Next(10);
            IdxFile.Write(_folder.File($"{part}-images-idx3-ubyte"), pixels, Count, Side, Side);
            IdxFile.Write(_folder.File($"{part}-labels-idx1-ubyte"), labels, Count);
        }

        Agrees("mnist", $"data={_folder.Path} train_images=24 validation_images=30 batch=8 width=10 steps=40 {settings}");
    }

    private static string Modulus(string settings) => settings.Contains("group", StringComparison.Ordinal) ? "p=6" : "p=11";

    private void Agrees(string recipe, string settings)
    {
        var config = Recipe.Find(recipe).Resolve(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToDictionary());
        var (train, models) = (_folder.File("train"), _folder.File("export"));
        TrainStage.Run([config], train, jobs: 2, progress: null, CancellationToken.None);
        var count = ExportStage.Run(train, models, progress: null, CancellationToken.None);
        using var trainer = new Trainer(Recipe.Find(recipe).Create(config));
        trainer.Run();
        var curve = trainer.Record.Curve.ToDictionary(point => (point.Step, point.Metric), point => point.Value);

        var analysis = Analyzer.Run(ModelFile.Find([models]), new WitnessFiles(train), new AnalyzeOptions(), jobs: 2, progress: null, CancellationToken.None);
        Assert.Equal(count, analysis.Rows.Count);
        Assert.Equal(1, analysis.Sessions);
        Assert.Contains(analysis.Rows, row => row.Step == 0);
        Assert.Contains(analysis.Rows, row => row.Step == 40);
        Assert.All(analysis.Rows, row =>
        {
            Assert.InRange(row["output_difference"]!.Value, 0, 1e-5);
            Assert.Equal(0, row["differing_predictions"]);
            Assert.Equal(curve[(row.Step!.Value, CurveMetric.TrainAccuracy)], row["train_accuracy"]);
            Assert.Equal(curve[(row.Step!.Value, CurveMetric.ValidationAccuracy)], row["validation_accuracy"]);
        });
    }
}
