using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Native;
using Goldilocks.Theory;
using Goldilocks.Train;

namespace Goldilocks.Analyze.Tests;

/// <summary>The exported model is the model: ONNX Runtime against the trainer, on real runs.</summary>
public sealed class AgreementTests(TrainedRuns runs) : IClassFixture<TrainedRuns>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_checkpoint_agrees_with_the_trainer()
    {
        var analysis = Analyzer.Run(ModelFile.Find([runs.Exported]), new WitnessFiles(runs.Train), ExactModel.ToyMeasures, jobs: 2, progress: null, CancellationToken.None);
        Assert.Equal(runs.Models, analysis.Rows.Count);
        Assert.Equal(2, analysis.Sessions);
        Assert.All(analysis.Rows, row =>
        {
            Assert.Null(row.Note);
            Assert.InRange(row["output_difference"]!.Value, 0, 1e-5);
            Assert.Equal(0, row["differing_predictions"]);
        });
        Assert.Null(Agreement.Disagreement(analysis.Rows));

        // Accuracies and RQI against those the trainer recorded while it trained.
        for (var run = 0; run < runs.Configs.Count; run++)
        {
            var curve = runs.Records[run].Curve.ToDictionary(point => (point.Step, point.Metric), point => point.Value);
            foreach (var row in analysis.Rows.Where(row => row.Run == runs.Configs[run].Run))
            {
                Assert.Equal(curve[(row.Step!.Value, CurveMetric.TrainAccuracy)], row["train_accuracy"]);
                Assert.Equal(curve[(row.Step!.Value, CurveMetric.ValidationAccuracy)], row["validation_accuracy"]);
                Assert.Equal(curve[(row.Step!.Value, CurveMetric.Rqi)], row["rqi"]);
            }
        }
    }

    [Fact]
    public void The_exported_bytes_alone_give_the_same_outputs_as_the_shared_session()
    {
        using var sessions = new SessionPool(new AnalyzeOptions());
        var samples = SampleSet.Addition(10);
        foreach (var file in ModelFile.Find([runs.Exported]))
        {
            using var session = OrtSession.Open(file.Path);
            var alone = session.Run(new Dictionary<string, OrtTensor>
            {
                ["a"] = OrtTensor.Of(Array.ConvertAll(samples.First, symbol => (long)symbol), samples.Count),
                ["b"] = OrtTensor.Of(Array.ConvertAll(samples.Second, symbol => (long)symbol), samples.Count),
            });
            var graph = OnnxFile.Read(file.Path);
            var model = sessions.Find(graph, KnownTask.Of(graph.Metadata).Evaluation);
            var evaluator = model.Rent(graph);
            var shared = evaluator.Run(graph);
            Assert.Equal(alone.Keys.Order(), shared.All.Select(output => output.Name).Order());
            Assert.All(shared.All, output => Assert.InRange(Agreement.Difference(output.Values, alone[output.Name].Floats), 0, 2e-6));
            model.Return(evaluator);
        }

        Assert.Equal(2, sessions.Created);
    }

    [Theory]
    [InlineData(1e-2f, false)]
    [InlineData(1e-4f, false)]
    [InlineData(1e-7f, true)]
    public void A_perturbed_weight_is_found(float change, bool passes)
    {
        var models = _folder.File("models");
        runs.CopyModelsTo(models);
        var path = Directory.GetFiles(models, $"{runs.Configs[0].ShortRun}-step0000100.onnx").Single();
        var graph = OnnxFile.Read(path);
        OnnxFile.Write(path, graph.WithInitializers(graph.Initializers.Select(initializer => initializer.Key == "decoder.4.bias"
            ? KeyValuePair.Create(initializer.Key, Perturbed(initializer.Value, change))
            : initializer)));

        AnalyzeResult Run() => AnalyzeStage.Run(models, runs.Train, _folder.File("analyze"), new AnalyzeOptions(), 1, progress: null, CancellationToken.None);
        if (passes)
        {
            var result = Run();
            Assert.Equal((runs.Models, 2, 2, runs.Models), (result.Models, result.Runs, result.Sessions, result.Compared));
            Assert.InRange(result.LargestDifference!.Value, 1e-9, 1e-5);
        }
        else
        {
            var error = Assert.Throws<GoldilocksException>(Run);
            Assert.Equal(ExitCodes.Mismatch, error.ExitCode);
            Assert.StartsWith($"run {runs.Configs[0].ShortRun} step 100: ONNX Runtime's outputs differ from the trainer's by ", error.Message, StringComparison.Ordinal);
            Assert.Contains("(allowed: 1e-05)", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("disagree", error.Message, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(_folder.File("analyze", AnalyzeStage.FileName)));
    }

    [Fact]
    public async Task The_command_reports_a_mismatch_with_exit_code_three()
    {
        var model = _folder.File($"{runs.Configs[1].ShortRun}.onnx");
        var graph = OnnxFile.Read(Path.Combine(runs.Exported, $"{runs.Configs[1].ShortRun}-step0000200.onnx"));

        // The weights of one step under the name of another.
        OnnxFile.Write(model, graph with { Metadata = new Dictionary<string, string>(graph.Metadata) { ["step"] = "100" } });
        var (exitCode, output, errors) = await CommandLine.Run(model, "--witness", runs.Train);
        Assert.Equal(ExitCodes.Mismatch, exitCode);
        Assert.StartsWith($"error: run {runs.Configs[1].ShortRun} step 100: ", Assert.Single(errors), StringComparison.Ordinal);
        Assert.StartsWith(runs.Configs[1].ShortRun, output[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_witness_is_measured_and_noted()
    {
        OnnxFile.Write(_folder.File("exact.onnx"), ExactModel.Graph());
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--witness", runs.Train, "--measures", string.Join(',', ExactModel.ToyMeasures.Measures));
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        Assert.Contains("note: exact.onnx: the run has no witness (not measured: agreement)", output);
    }

    [Fact]
    public void Differences_are_relative_to_the_largest_value()
    {
        Assert.Equal(0.25, Agreement.Difference([1, 2, -4], [1, 1, -4]));
        Assert.Equal(0, Agreement.Difference([0, 0], [0, 0]));
        Assert.Equal(0, Agreement.Difference([float.NaN, float.PositiveInfinity], [float.NaN, float.PositiveInfinity]));
        Assert.Equal(double.PositiveInfinity, Agreement.Difference([float.NaN, 1], [1, 1]));
        Assert.Equal(double.PositiveInfinity, Agreement.Difference([1], [0]));
    }

    [Fact]
    public void A_prediction_differs_unless_its_logits_are_tied()
    {
        Assert.Equal(1, Agreement.DifferingPredictions([1, 2, 3, 0], [2, 1, 3, 0], 2));
        Assert.Equal(0, Agreement.DifferingPredictions([1, 1.0000002f], [1.0000001f, 1], 2));
        Assert.Equal(1, Agreement.DifferingPredictions([1, 1.00002f], [1.00001f, 1], 2));
    }

    private static Tensor Perturbed(Tensor tensor, float change)
    {
        var values = tensor.AsFloats().ToArray();
        values[0] += change;
        return Tensor.Of(values, [.. tensor.Shape]);
    }
}
