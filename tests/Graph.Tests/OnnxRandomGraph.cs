namespace Goldilocks.Graph.Tests;

/// <summary>Graphs with every kind of attribute, element type and shape, well-formed but meaningless.</summary>
internal static class OnnxRandomGraph
{
    private static readonly ElementType[] Types = [.. Enum.GetValues<ElementType>().Where(type => type != ElementType.Undefined)];

    public static ModelGraph Create(int seed)
    {
        var random = new Random(seed);
        var known = new List<string>();
        var inputs = Many(random, 3, i => Value(random, $"in{i}"));
        var initializers = Many(random, 6, i => KeyValuePair.Create($"w{i}.{Text(random)}", RandomTensor(random)));
        known.AddRange(inputs.Select(input => input.Name));
        known.AddRange(initializers.Select(initializer => initializer.Key));
        var nodes = new List<Node>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var outputs = Many(random, 2, k => random.Next(5) == 0 ? "" : $"v{i}_{k}");
            var reads = Many(random, 4, _ => known.Count == 0 || random.Next(6) == 0 ? "" : known[random.Next(known.Count)]);
            var attributes = Many(random, 7, k => KeyValuePair.Create($"a{random.Next(1000)}_{k}", Attribute(random, k))).ToDictionary();
            nodes.Add(new Node($"Op{random.Next(9)}", $"node{i}", reads, outputs, attributes, Text(random)));
            known.AddRange(outputs.Where(output => output.Length > 0));
        }

        nodes.Add(new Node("Last", "last", [], ["out"], new Dictionary<string, AttributeValue>()));
        return new ModelGraph
        {
            Name = "g" + Text(random),
            Doc = Text(random),
            Inputs = inputs,
            Outputs = [Value(random, "out")],
            Initializers = initializers,
            Nodes = nodes,
            Metadata = Many(random, 4, i => KeyValuePair.Create(Text(random) + i, Text(random))).ToDictionary(),
            OpsetVersion = random.Next(13, 22),
        };
    }

    /// <summary>A tensor of random bytes, so of NaNs with payloads too; scalars and empty tensors included.</summary>
    public static Tensor RandomTensor(Random random)
    {
        var type = Types[random.Next(Types.Length)];
        long[] shape = Many(random, 3, _ => (long)random.Next(5));
        var bytes = new byte[shape.Aggregate(1L, (x, y) => x * y) * Tensor.SizeOf(type)];
        random.NextBytes(bytes);
        return new Tensor(type, shape, bytes);
    }

    /// <summary>Empty, plain, or full of what encoders get wrong.</summary>
    public static string Text(Random random) =>
        string.Concat(Many(random, 6, _ => ((string[])["a", "Z", " ", "\"", "\\", "\n", "\0", "/", "é", "λ", "<", "🙂", "\u2028"])[random.Next(13)]));

    private static ValueInfo Value(Random random, string name) => new(name, Types[random.Next(Types.Length)], Many(random, 4, i => random.Next(3) switch
    {
        0 => new Dimension(random.NextInt64(long.MaxValue)),
        1 => new Dimension(-1, $"N{i}"),
        _ => Dimension.Unknown,
    }), Text(random));

    private static AttributeValue Attribute(Random random, int kind) => kind switch
    {
        0 => new AttributeValue.Int(random.NextInt64(long.MinValue, long.MaxValue)),
        1 => new AttributeValue.Float(BitConverter.Int32BitsToSingle(random.Next())),
        2 => new AttributeValue.Text(Text(random)),
        3 => new AttributeValue.Ints(Many(random, 4, _ => random.NextInt64())),
        4 => new AttributeValue.Floats(Many(random, 4, _ => random.NextSingle())),
        5 => new AttributeValue.Texts(Many(random, 4, _ => Text(random))),
        _ => new AttributeValue.TensorValue(RandomTensor(random)),
    };

    private static T[] Many<T>(Random random, int most, Func<int, T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(make)];
}
