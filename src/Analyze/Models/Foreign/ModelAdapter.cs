using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>Makes of a model from elsewhere one that takes a and b and gives logits, with the metadata that the caller states.</summary>
internal static class ModelAdapter
{
    /// <exception cref="GoldilocksException">The model lacks what the caller names, or the split does not fit its task.</exception>
    public static AdaptedModel Adapt(ModelGraph graph, StatedFacts stated, string path)
    {
        var metadata = stated.Complete(graph.Metadata);
        if (stated.Embedding is { } embedding && metadata.TryAdd("embedding", embedding))
            Demand(embedding, graph.Initializers.Select(initializer => initializer.Key), "initializer", "--embedding", path);
        if (stated.Logits is { } logits) Demand(logits, graph.Outputs.Select(output => output.Name), "output", "--logits", path);
        graph = graph with { Metadata = metadata };
        var found = NameOfEmbedding(graph);
        if (stated.Pairs(metadata) is not { } samples) return new AdaptedModel(graph, found, null, null, null, null);
        if (InputConversion.IsNone(graph) && OutputConversion.IsNone(graph) && stated.Logits is null) return new AdaptedModel(graph, found, "a and b", "logits", "scores", null);
        try
        {
            return Convert(graph, samples, stated, found);
        }
        catch (NotMeasurableException e)
        {
            return new AdaptedModel(graph, found, null, null, null, e.Message);
        }
    }

    private static AdaptedModel Convert(ModelGraph graph, SampleSet samples, StatedFacts stated, string? embedding)
    {
        var editor = new GraphEditor(graph);
        var rows = embedding is null ? null : graph.Initializer(embedding)?.Shape is [var height, _] ? (int?)height : null;
        var input = new InputConversion(editor, samples);
        var inputs = input.Run(rows);
        var output = new OutputConversion(editor, samples);
        var outputs = output.Run(stated.Logits, input.HasThirdToken);

        // By the graph, because names may have changed on the way.
        var metadata = new SortedDictionary<string, string>(graph.Metadata.ToDictionary(), StringComparer.Ordinal);
        if (embedding is not null) embedding = editor.Original.Initializers[IndexOf(graph, embedding)].Key;
        else embedding = FirstLayer(editor, input.OneHots, samples.Symbols);
        var shown = embedding;
        if (embedding is not null && editor.Original.Initializer(embedding) is { Type: ElementType.Float32, Shape: [var symbols, > 0] } && symbols == samples.Symbols + 1)
            embedding = editor.SplitRows(embedding, samples.Symbols);
        else if (embedding is not null && input.OneHots.Count > 0 && IsTransposed(editor.Original, input.OneHots, embedding))
            embedding = editor.Transpose(embedding);
        if (embedding is not null) metadata["embedding"] = embedding;
        return new AdaptedModel(editor.Build(inputs, outputs) with { Metadata = metadata }, shown, input.Layout, output.Taken, output.Layout, null);
    }

    private static string? NameOfEmbedding(ModelGraph graph)
    {
        try
        {
            return Embedding.NameIn(graph);
        }
        catch (NotMeasurableException)
        {
            return null;
        }
    }

    /// <summary>The one initializer with which all one-hot vectors are multiplied.</summary>
    private static string? FirstLayer(GraphEditor editor, IReadOnlyList<string> oneHots, int symbols)
    {
        var weights = Products(editor.Original, oneHots).Select(product => product.Weight).Distinct().ToArray();
        return weights is [var only] && editor.Original.Initializer(only) is { Type: ElementType.Float32, Shape: [var rows, var columns] } && (rows == symbols || columns == symbols) ? only : null;
    }

    private static bool IsTransposed(ModelGraph graph, IReadOnlyList<string> oneHots, string weight) =>
        Products(graph, oneHots).Any(product => product.Weight == weight && product.Node.Attributes.GetValueOrDefault("transB") is AttributeValue.Int { Value: not 0 });

    /// <summary>Products of one-hot vectors with weights; an exporter may give a weight that it stores once a second name.</summary>
    private static IEnumerable<(Node Node, string Weight)> Products(ModelGraph graph, IReadOnlyList<string> oneHots)
    {
        var sources = graph.Nodes.Where(node => node is { OpType: "Identity", Inputs: [_], Outputs: [_] }).ToDictionary(node => node.Outputs[0], node => node.Inputs[0], StringComparer.Ordinal);
        return graph.Nodes.Where(node => node.OpType is "MatMul" or "Gemm" && node.Inputs.Count > 1 && oneHots.Contains(node.Inputs[0]))
            .Select(node => (node, sources.GetValueOrDefault(node.Inputs[1], node.Inputs[1])));
    }

    private static int IndexOf(ModelGraph graph, string initializer) => graph.Initializers.Select(entry => entry.Key).ToList().IndexOf(initializer);

    private static void Demand(string name, IEnumerable<string> known, string kind, string option, string path)
    {
        var names = known.ToArray();
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new GoldilocksException($"{path}: has no {kind} {InputFile.Quote(name)} ({option}). {Suggest.Hint(name, names.Take(20).Select(one => InputFile.Quote(one).Trim('"')))}");
    }
}
