namespace Goldilocks.Graph.Tests;

/// <summary>A toy model as the trainer describes it: two embeddings added, one hidden layer; small enough to cut at every byte.</summary>
internal static class OnnxToyModel
{
    public const int P = 5, D = 3, H = 4, C = 9;

    public static ModelGraph Create(int seed = 0)
    {
        var random = new Random(seed);
        return new ModelGraph
        {
            Name = "toy",
            Doc = "Adds two embeddings and decodes the sum.",
            Inputs = [new("a", ElementType.Int64, [Dimension.Batch]), new("b", ElementType.Int64, [Dimension.Batch], "The second symbol.")],
            Outputs = [new("logits", ElementType.Float32, [Dimension.Batch, C])],
            Initializers = Parameters(random),
            Nodes =
            [
                Make("Gather", "embed_a", ["embedding.weight", "a"], "e_a", ("axis", 0L)),
                Make("Gather", "embed_b", ["embedding.weight", "b"], "e_b", ("axis", 0L)),
                Make("Add", "sum", ["e_a", "e_b"], "e"),
                Make("Gemm", "decoder.0", ["e", "decoder.0.weight", "decoder.0.bias"], "h0", ("transB", 1L)),
                Make("Tanh", "tanh", ["h0"], "h"),
                Make("Gemm", "decoder.2", ["h", "decoder.2.weight", "decoder.2.bias"], "logits", ("transB", 1L)),
            ],
            Metadata = new Dictionary<string, string> { ["run"] = Run, ["goldilocks_format"] = "1" },
        };
    }

    public const string Run = "3f0c5e8a9b7d41625f1e0d9c8b7a69583f0c5e8a9b7d41625f1e0d9c8b7a6958";

    public static KeyValuePair<string, Tensor>[] Parameters(Random random) =>
    [
        new("embedding.weight", Normal(random, P, D)),
        new("decoder.0.weight", Normal(random, H, D)),
        new("decoder.0.bias", Normal(random, H)),
        new("decoder.2.weight", Normal(random, C, H)),
        new("decoder.2.bias", Normal(random, C)),
    ];

    public static Node Make(string operation, string name, string[] inputs, string output, params (string Key, AttributeValue Value)[] attributes) =>
        new(operation, name, inputs, [output], attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value));

    private static Tensor Normal(Random random, params long[] shape) =>
        Tensor.Of([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (x, y) => x * y)).Select(_ => (random.NextSingle() * 2) - 1)], shape);
}
