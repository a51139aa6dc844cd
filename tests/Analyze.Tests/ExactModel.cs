using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;

namespace Goldilocks.Analyze.Tests;

/// <summary>
/// Addition solved by formula: E_k = 1/4 + k/2 is a line, so E_i + E_j = 1/2 + t/2 with t = i + j, and the logits
/// t² − (t − c)² = 2tc − c² = 4c(E_i + E_j) − 2c − c² are largest at c = t. Every number is exact in 32 bits.
/// </summary>
internal static class ExactModel
{
    public const int P = 10, Classes = 2 * P - 1, Samples = P * (P + 1) / 2;

    /// <summary>The measures that every toy model has; the accounts by frequencies ask for addition modulo p, those by hidden units for such a layer.</summary>
    public static readonly AnalyzeOptions ToyMeasures = new()
    {
        Measures = ["split_accuracy", "accuracy", "rqi", "predicted_accuracy", "training_structure", "principal_components", "circularity", "weight_norm", "embedding_norm", "agreement"],
    };

    public static readonly string Run = new('7', 64);

    public static float[] Line => [.. Enumerable.Range(0, P).Select(k => 0.25f + (k / 2f))];

    public static float[] Weight => [.. Enumerable.Range(0, Classes).Select(c => 4f * c)];

    public static float[] Bias => [.. Enumerable.Range(0, Classes).Select(c => (-2f * c) - (c * c))];

    /// <summary>Metadata of a run whose training samples are all but the first <paramref name="validation"/>.</summary>
    public static Dictionary<string, string> Metadata(int validation = 10, string convention = "paper", long step = 5) => new()
    {
        ["goldilocks_format"] = "1",
        ["run"] = Run,
        ["step"] = $"{step}",
        ["recipe"] = "toy-addition",
        ["convention"] = convention,
        ["task"] = "add",
        ["p"] = $"{P}",
        ["train_samples"] = string.Join(' ', Enumerable.Range(validation, Samples - validation)),
        ["embedding"] = "embedding.weight",
    };

    /// <param name="embedding">E [P, D]; the decoder reads its first component.</param>
    /// <param name="bias">Of the classes.</param>
    /// <param name="metadata">Of the model.</param>
    /// <param name="classes">How many of the classes it has, from the first.</param>
    public static ModelGraph Graph(float[]? embedding = null, float[]? bias = null, Dictionary<string, string>? metadata = null, int classes = Classes)
    {
        embedding ??= Line;
        var dimension = embedding.Length / P;
        var graph = new GraphBuilder("exact");
        graph.Input("a", ElementType.Int64, [Dimension.Batch]);
        graph.Input("b", ElementType.Int64, [Dimension.Batch]);
        graph.Initializer("embedding.weight", Tensor.Of(embedding, P, dimension));
        graph.Initializer("decoder.0.weight", Tensor.Of([.. Weight.Take(classes).SelectMany(w => Enumerable.Range(0, dimension).Select(d => d == 0 ? w : 0))], classes, dimension));
        graph.Initializer("decoder.0.bias", Tensor.Of([.. (bias ?? Bias).Take(classes)], classes));
        graph.Apply("Gather", "ea", ["embedding.weight", "a"]);
        graph.Apply("Gather", "eb", ["embedding.weight", "b"]);
        graph.Apply("Add", "decoder_input", ["ea", "eb"]);
        graph.Output(graph.Linear("logits", "decoder_input", "decoder.0.weight", "decoder.0.bias"));
        return graph.Build() with { Metadata = metadata ?? Metadata() };
    }

    /// <summary>Writes the model and measures it.</summary>
    public static AnalysisRow Measure(ModelGraph graph)
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(folder.File("model.onnx"), graph);
        var analysis = Analyzer.Run(ModelFile.Find([folder.Path]), witnesses: null, ToyMeasures, jobs: 1, progress: null, CancellationToken.None);
        Assert.Empty(analysis.Failures);
        return Assert.Single(analysis.Rows);
    }
}
