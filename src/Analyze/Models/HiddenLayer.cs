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

    /// <summary>The layer of a graph; null where it has none that fits.</summary>
    /// <param name="graph">A model.</param>
    /// <param name="name">The activation to take; null: the last one.</param>
    /// <param name="measure">Finds the shapes of values, by name, where inference does not know them: it may leave some out.</param>
    public static HiddenLayer? Of(ModelGraph graph, string? name, Func<IReadOnlyList<string>, IReadOnlyDictionary<string, long[]>> measure)
    {
        var wanted = graph.Nodes.Where(node => IsActivation(node) && (name is null || node.Outputs[0] == name || node.Name == name)).Reverse().ToArray();
        if (wanted.Length == 0) return null;
        var known = ShapeInference.RunWherePossible(graph);
        string[] unknown = [.. wanted.Select(node => node.Inputs[0]).Where(value => !known.ContainsKey(value)).Distinct()];
        var measured = unknown.Length > 0 ? measure(unknown) : new Dictionary<string, long[]>();
        foreach (var node in wanted)
        {
            var value = node.Inputs[0];
            long[]? sizes = known.TryGetValue(value, out var inferred)
                ? inferred is { Type: ElementType.Float32, Shape: [{ IsSymbolic: true }, ..] } && !inferred.Shape.Skip(1).Any(size => size.IsSymbolic) ? [.. inferred.Shape.Skip(1).Select(size => size.Size)] : null
                : measured.GetValueOrDefault(value)?[1..];
            if (sizes is not ([> 0] or [> 0, > 0])) continue;
            return new HiddenLayer(value, node.Outputs[0], sizes.Length == 2 ? (int)sizes[0] : 0, (int)sizes[^1], Squares(node));
        }

        return null;
    }

    private static bool IsActivation(Node node) => Activations.Contains(node.OpType) || Squares(node);

    private static bool Squares(Node node) => node.OpType == "Mul" && node.Inputs[0] == node.Inputs[1];
}
