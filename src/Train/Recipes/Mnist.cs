using Goldilocks.Core;
using Goldilocks.Data;
using Goldilocks.Graph;
using Goldilocks.Numerics;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>
/// Grokking of digits (§4.3, appendix J; values from the authors' code): an MLP whose initial parameters are all too large by a factor, trained on few
/// images. Every layer but the last is the representation, the last is the decoder.
/// </summary>
public sealed class Mnist : Recipe
{
    private static readonly string[] FromCommon = ["steps", "stop", "accuracy_threshold", "grokking_gap"];

    public override string Name => "mnist";

    public override string Doc => "handwritten digits by an MLP with large initial weights, the paper's section 4.3";

    public override IReadOnlyList<ParameterSpec> Parameters { get; } =
    [
        CommonParameters.Seed,
        CommonParameters.Convention,
        new("data", ParameterKind.Text, DataFolders.Mnist, "mnist (fetched by: goldilocks data mnist), or a folder with the four IDX files") { Format = "mnist or a folder" },
        new("train_images", ParameterKind.Integer, 1000L, "training images, the first of the data set") { Minimum = 1, Maximum = 1_000_000 },
        new("validation_images", ParameterKind.Integer, 10_000L, "test images, the first of the data set; they validate") { Minimum = 1, Maximum = 1_000_000 },
        new("batch", ParameterKind.Integer, 200L, "images per step, an epoch shuffled at a time; at most train_images are used") { Minimum = 1, Maximum = 1_000_000 },
        new("loss", ParameterKind.Text, "mse", "mse: against one-hot vectors; cross_entropy") { Choices = ["mse", "cross_entropy"] },
        .. CommonParameters.Length.Where(parameter => FromCommon.Contains(parameter.Name)).Select(parameter => parameter.Name == "steps" ? parameter with { Default = 100_000L }
            : parameter.Name == "stop" ? parameter with { Doc = "never: run all steps; accuracy: stop once both accuracies have been reached, which decides the phase", Choices = ["never", "accuracy"] } : parameter),
        new("validation_threshold", ParameterKind.Number, 0.6, "fraction that validation accuracy must exceed (paper) or reach (reference)") { Minimum = 0, IsMinimumOpen = true, Maximum = 1 },
        CommonParameters.EvaluatePerDecade with { Default = 100L },
        new("width", ParameterKind.Integer, 200L, "H, hidden units per layer") { Minimum = 1, Maximum = 8192 },
        new("depth", ParameterKind.Integer, 2L, "hidden layers") { Minimum = 1, Maximum = 16 },
        Layers.Activation,
        CommonParameters.Dropout(0),
        new("weight_scale", ParameterKind.Number, 9.0, "factor of all initial parameters, biases included") { Minimum = 0, Maximum = 1e6 },
        new("representation_lr", ParameterKind.Number, 1e-3, "learning rate of all layers but the last") { Minimum = 0, Maximum = 100 },
        new("decoder_lr", ParameterKind.Number, 1e-3, "learning rate of the last layer") { Minimum = 0, Maximum = 100 },
        new("weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of all layers") { Minimum = 0, Maximum = 1e6 },
        CommonParameters.Beta2,
        .. CommonParameters.LargeRecording.Where(parameter => parameter.Name != "embeddings_per_decade"),
    ];

    public override Experiment Create(RunConfig config)
    {
        var images = Load(config);
        var (train, validation) = (config.Integer("train_images"), config.Integer("validation_images"));
        if (train > images.Train.Count) throw new GoldilocksException($"train_images: the data set has {images.Train.Count} training images, not {train}. Choose 1 to {images.Train.Count}.");
        if (validation > images.Test.Count) throw new GoldilocksException($"validation_images: the data set has {images.Test.Count} test images, not {validation}. Choose 1 to {images.Test.Count}.");
        var (seed, steps, batch) = ((ulong)config.Long("seed"), config.Long("steps"), Math.Min(config.Integer("batch"), train));
        var data = new ImageTask(config.Text("data"), images, train, validation);
        var draws = new ParameterDraws(seed);
        var depth = config.Integer("depth");
        int[] sizes = [images.Train.Pixels, .. Enumerable.Repeat(config.Integer("width"), depth), data.Classes];
        for (var layer = 0; layer <= depth; layer++) draws.Linear($"layers.{2 * layer}", sizes[layer], sizes[layer + 1], config.Number("weight_scale"));
        var convention = Conventions.Parse(config.Text("convention"));
        var recorded = StepSchedule.Curves(steps, config.Integer("record_per_decade"));
        var checkpoints = CommonParameters.CheckpointSteps(config);
        string[] decoder = [$"layers.{2 * depth}.weight", $"layers.{2 * depth}.bias"];
        AdamWOptions Options(string rate) => new(config.Number(rate), config.Number("weight_decay"), Beta2: config.Number("beta2"));
        return new Experiment
        {
            Graph = BuildGraph(config, images.Train.Pixels, data.Classes, draws),
            ExportedOutputs = config.Text("loss") == "mse" ? ["output", "logits"] : ["logits"],
            Groups =
            [
                new([.. draws.All.Select(parameter => parameter.Key).Except(decoder)], Options("representation_lr")),
                new(decoder, Options("decoder_lr")),
            ],
            Data = data,
            Loss = config.Text("loss"),
            Batch = batch,
            Batches = batch == train ? new FullBatch() : new EpochBatches(data.Train, batch, seed),
            Steps = steps,
            DropoutSeed = seed,
            EvaluatedSteps = StepSchedule.Union(StepSchedule.Curves(steps, config.Integer("evaluate_per_decade")), recorded, checkpoints),
            Convention = convention,
            Rule = PhaseRule.For(convention) with
            {
                Accuracy = config.Number("accuracy_threshold"),
                ValidationAccuracy = config.Number("validation_threshold"),
                Gap = config.Long("grokking_gap"),
                StepBudget = steps,
            },
            Timing = new MetricTiming(0, 0, 0),
            Stop = CommonParameters.Stop(config),
            RecordedSteps = recorded,
            EmbeddingSteps = [],
            CheckpointSteps = checkpoints,
        };
    }

    protected override void Check(RunConfig config) => CommonParameters.CheckThresholds(config, "accuracy_threshold", "validation_threshold");

    private static ImageData Load(RunConfig config)
    {
        try
        {
            return ImageData.Load(DataFolders.Find(config.Text("data")));
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"data: {e.Message}", e.ExitCode, e);
        }
    }

    private static ModelGraph BuildGraph(RunConfig config, int pixels, int classes, ParameterDraws draws)
    {
        var graph = new GraphBuilder("mnist", $"Tells which of {classes} digits an image of {pixels} pixels shows.");
        graph.Input("image", ElementType.Float32, [Dimension.Batch, pixels], "pixels row by row, 0 black to 1 white");
        graph.Input("label", ElementType.Int64, [Dimension.Batch], $"the digit, 0..{classes - 1}, for training");
        foreach (var (name, tensor) in draws.All) graph.Initializer(name, tensor);
        var layers = new Layers(graph, config);
        var (hidden, depth) = ("image", config.Integer("depth"));
        for (var layer = 0; layer < depth; layer++)
        {
            var linear = graph.Linear($"hidden_{layer + 1}_linear", hidden, $"layers.{2 * layer}.weight", $"layers.{2 * layer}.bias");
            hidden = layers.Dropout(layers.Activate(linear, $"hidden_{layer + 1}"));
        }

        var regression = config.Text("loss") == "mse";
        graph.Linear(regression ? "output" : "logits", hidden, $"layers.{2 * depth}.weight", $"layers.{2 * depth}.bias");
        if (regression) LossNodes.AddRegression(graph, ToyDraws.Identity(classes));
        else LossNodes.AddClassification(graph, classes);
        return graph.Build();
    }
}
