namespace Goldilocks.Graph.Tests;

/// <summary>Equality of graphs by content, bit for bit.</summary>
internal static class OnnxSame
{
    public static void Graphs(ModelGraph expected, ModelGraph actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Doc, actual.Doc);
        Assert.Equal(expected.OpsetVersion, actual.OpsetVersion);
        Assert.Equal(expected.Metadata.OrderBy(x => x.Key, StringComparer.Ordinal), actual.Metadata.OrderBy(x => x.Key, StringComparer.Ordinal));
        All(expected.Inputs, actual.Inputs, Values);
        All(expected.Outputs, actual.Outputs, Values);
        Tensors(expected.Initializers, actual.Initializers);
        All(expected.Nodes, actual.Nodes, Nodes);
    }

    public static void Tensors(IReadOnlyList<KeyValuePair<string, Tensor>> expected, IReadOnlyList<KeyValuePair<string, Tensor>> actual) =>
        All(expected, actual, (x, y) =>
        {
            Assert.Equal(x.Key, y.Key);
            Tensors(x.Value, y.Value);
        });

    public static void Tensors(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }

    private static void Values(ValueInfo expected, ValueInfo actual)
    {
        Assert.Equal((expected.Name, expected.Type, expected.Doc), (actual.Name, actual.Type, actual.Doc));
        Assert.Equal(expected.Shape, actual.Shape);
    }

    private static void Nodes(Node expected, Node actual)
    {
        Assert.Equal((expected.OpType, expected.Name, expected.Doc), (actual.OpType, actual.Name, actual.Doc));
        Assert.Equal(expected.Inputs, actual.Inputs);
        Assert.Equal(expected.Outputs, actual.Outputs);
        var (x, y) = (Sorted(expected), Sorted(actual));
        Assert.Equal(x.Select(a => a.Key), y.Select(a => a.Key));
        All(x, y, (p, q) => Attributes(p.Value, q.Value));

        static KeyValuePair<string, AttributeValue>[] Sorted(Node node) => [.. node.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal)];
    }

    private static void Attributes(AttributeValue expected, AttributeValue actual)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        switch (expected, actual)
        {
            case (AttributeValue.Ints x, AttributeValue.Ints y):
                Assert.Equal(x.Values, y.Values);
                break;
            case (AttributeValue.Floats x, AttributeValue.Floats y):
                Assert.Equal(x.Values, y.Values);
                break;
            case (AttributeValue.Texts x, AttributeValue.Texts y):
                Assert.Equal(x.Values, y.Values);
                break;
            case (AttributeValue.TensorValue x, AttributeValue.TensorValue y):
                Tensors(x.Value, y.Value);
                break;
            default:
                Assert.Equal(expected, actual);
                break;
        }
    }

    private static void All<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, Action<T, T> same)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) same(expected[i], actual[i]);
    }
}
