using Goldilocks.Export;
using Goldilocks.Graph.Onnx;
using Goldilocks.Train;

namespace Goldilocks.Analyze.Tests;

/// <summary>Models of groups: ONNX Runtime against the trainer, and which measures such a model has.</summary>
public sealed class GroupTests
{
    [Theory]
    [InlineData("s3", "mse", "reference")]
    [InlineData("q8", "cross_entropy", "paper")]
    [InlineData("0123_1032_2301_3210", "mse", "paper")]
    public void Exported_models_agree_with_the_trainer_and_have_the_measures_of_products(string group, string loss, string convention)
    {
        using var folder = new TemporaryFolder();
        var config = Recipe.Find("toy-group").Resolve(new Dictionary<string, string>
        {
            ["group"] = group, ["loss"] = loss, ["convention"] = convention, ["train_samples"] = "12", ["steps"] = "100", ["decoder_lr"] = "1e-3",
        });
        var record = TrainStage.Run([config], folder.File("train"), jobs: 1, progress: null, CancellationToken.None)[0];
        ExportStage.Run(folder.File("train"), folder.File("export"), progress: null, CancellationToken.None);
        var files = ModelFile.Find([folder.File("export")]);
        var analysis = Analyzer.Run(files, new WitnessFiles(folder.File("train")), new AnalyzeOptions(), jobs: 1, progress: null, CancellationToken.None);
        Assert.Empty(analysis.Failures);
        Assert.Null(Agreement.Disagreement(analysis.Rows));
        var samples = Recipe.Find("toy-group").Create(config).Split.Samples.Count;
        foreach (var row in analysis.Rows)
        {
            Assert.InRange(row["output_difference"]!.Value, 0, 1e-5);
            Assert.Equal(0, row["differing_predictions"]);
            Assert.Null(row["nullity"]);
            Assert.Null(row["ideal_accuracy"]);
            Assert.Null(row["circularity"]);
            Assert.NotNull(row["effective_dimension"]);
            Assert.Contains("not measured: training_structure", row.Note, StringComparison.Ordinal);
        }

        var last = analysis.Rows[^1];
        Assert.Equal(record.Last.TrainCorrect / 12.0, last["train_accuracy"]);
        Assert.Equal(record.Last.ValidationCorrect / (samples - 12.0), last["validation_accuracy"]);
        Assert.Equal(record.Last.Rqi, last["rqi"]);
        Assert.InRange(last["predicted_accuracy"]!.Value, 12.0 / samples, 1);
        Assert.Contains($"multiplication (a·b) in the group {group}", OnnxFile.Read(files[0].Path).Doc, StringComparison.Ordinal);
    }
}
