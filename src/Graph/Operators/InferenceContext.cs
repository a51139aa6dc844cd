using Goldilocks.Core;

namespace Goldilocks.Graph.Operators;

/// <summary>What an operator may ask about its node while shapes are inferred.</summary>
internal sealed class InferenceContext(ModelGraph graph, Node node, IReadOnlyDictionary<string, ValueInfo> values)
{
    public int InputCount => node.Inputs.Count(name => name.Length > 0);

    public int OutputCount => node.Outputs.Count;

    public ValueInfo Input(int index)
    {
        if (index >= node.Inputs.Count) throw Error($"input {index} is missing");
        return values.TryGetValue(node.Inputs[index], out var value) ? value : throw Error($"input \"{node.Inputs[index]}\" is not computed before it");
    }

    public IReadOnlyList<Dimension> Shape(int index) => Input(index).Shape;

    public long Attribute(string name, long otherwise) => node.Attributes.TryGetValue(name, out var value) && value is AttributeValue.Int i ? i.Value : otherwise;

    public float Attribute(string name, float otherwise) => node.Attributes.TryGetValue(name, out var value) && value is AttributeValue.Float f ? f.Value : otherwise;

    public string Attribute(string name, string otherwise) => node.Attributes.TryGetValue(name, out var value) && value is AttributeValue.Text text ? text.Value : otherwise;

    /// <summary>A list of integers, or null when the attribute is absent.</summary>
    public IReadOnlyList<long>? Attribute(string name) => node.Attributes.TryGetValue(name, out var value) && value is AttributeValue.Ints ints ? ints.Values : null;

    /// <summary>A constant number, or null when the input is absent.</summary>
    public float? ConstantNumber(int index)
    {
        if (index >= node.Inputs.Count || node.Inputs[index].Length == 0) return null;
        return graph.Initializer(node.Inputs[index]) is { Type: ElementType.Float32, Count: 1 } tensor ? tensor.AsFloats()[0] : throw Error($"input \"{node.Inputs[index]}\" must be a constant number");
    }

    /// <summary>The values of a constant integer input such as axes, or null when the input is absent.</summary>
    public long[]? Constant(int index)
    {
        if (index >= node.Inputs.Count || node.Inputs[index].Length == 0) return null;
        return graph.Initializer(node.Inputs[index])?.AsInt64s().ToArray() ?? throw Error($"input \"{node.Inputs[index]}\" must be a constant");
    }

    public int Axis(long axis, int rank) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw Error($"axis {axis} is outside [{-rank}, {rank - 1}]");

    public GoldilocksException Error(string what) => new($"node \"{node.Name}\" ({node.OpType}): {what}.");
}
