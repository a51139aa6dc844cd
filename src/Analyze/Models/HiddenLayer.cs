using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>
/// The last layer of hidden units: the last activation whose values are per sample, or per sample and token. Of a sequence of three or more tokens only the
/// last one's units count, where the answer is read; of two tokens, those of both.
/// </summary>
/// <param name="Before">Value that is activated: [B, H] or [B, T, H].</param>
/// <param name="After">Its activation.</param>
/// <param name="Tokens">T; 0 without tokens.</param>
/// <param name="Size">H.</param>
/// <param name="IsSquare">Whether the activation is x².</param>
internal sealed record HiddenLayer(string Before, string After, int Tokens, int Size, bool IsSquare)
{
    private const int TokensThatAllCount = 2;

    private static readonly HashSet<string> Activations = ["Relu", "Tanh", "Gelu", "Sigmoid", "Elu", "LeakyRelu", "Softplus"];

    /// <summary>Units per sample.</summary>
    public int Units => Tokens is > 0 and <= TokensThatAllCount ? Tokens * Size : Size;

    /// <summary>Position of the token whose units count; null where all do.</summary>
    public int? Position => Tokens > TokensThatAllCount ? Tokens - 1 : null;

    /// <summary>The layer of a graph; null where it has none whose shape is known.</summary>
    /// <param name="graph">A model.</param>
    /// <param name="name">The activation to take; null: the last one.</param>
    public static HiddenLayer? Of(ModelGraph graph, string? name)
    {
        bool IsWanted(Node node) => IsActivation(node) && (name is null || node.Outputs[0] == name || node.Name == name);
        if (!graph.Nodes.Any(IsWanted)) return null;
        var values = ShapeInference.RunWherePossible(graph);
        foreach (var node in graph.Nodes.Reverse().Where(IsWanted))
        {
            if (!values.TryGetValue(node.Inputs[0], out var value) || value.Type != ElementType.Float32) continue;
            switch (value.Shape)
            {
                case [{ IsSymbolic: true }, { IsSymbolic: false } size]:
                    return new HiddenLayer(node.Inputs[0], node.Outputs[0], 0, (int)size.Size, Squares(node));
                case [{ IsSymbolic: true }, { IsSymbolic: false } tokens, { IsSymbolic: false } size] when tokens.Size > 0:
                    return new HiddenLayer(node.Inputs[0], node.Outputs[0], (int)tokens.Size, (int)size.Size, Squares(node));
            }
        }

        return null;
    }

    private static bool IsActivation(Node node) => Activations.Contains(node.OpType) || Squares(node);

    private static bool Squares(Node node) => node.OpType == "Mul" && node.Inputs[0] == node.Inputs[1];
}
