namespace Goldilocks.Graph.Tests.Compile;

/// <summary>The trainer's two toy models, small and with sizes that fill no cache line: P symbols, D dimensions, H hidden units, O outputs, C classes.</summary>
internal static class ToyModels
{
    public const int P = 6, D = 3, H = 21, O = 7, C = 11;

    public static readonly string[] Decoder = ["w1", "b1", "w2", "b2", "w3", "b3"];

    public static ModelGraph Create(bool regression)
    {
        var random = new Random(4);
        var graph = new GraphBuilder(regression ? "regression" : "classification");
        foreach (var input in new[] { "a", "b", "label" }) graph.Input(input, ElementType.Int64, [Dimension.Batch]);
        var outputs = regression ? O : C;
        graph.Initializer("embedding", Normal(random, 1, P, D));
        foreach (var (name, rows, columns) in new[] { ("1", H, D), ("2", H, H), ("3", outputs, H) })
        {
            graph.Initializer("w" + name, Normal(random, 0.4, rows, columns));
            graph.Initializer("b" + name, Normal(random, 0.4, rows));
        }

        graph.Initializer("last", Tensor.Of([1L], 1));
        graph.Apply("Gather", "ea", ["embedding", "a"]);
        graph.Apply("Gather", "eb", ["embedding", "b"]);
        graph.Apply("Add", "e", ["ea", "eb"]);
        graph.Linear("l1", "e", "w1", "b1");
        graph.Apply("Tanh", "h1", ["l1"]);
        graph.Linear("l2", "h1", "w2", "b2");
        graph.Apply("Tanh", "h2", ["l2"]);
        graph.Linear("y", "h2", "w3", "b3");
        if (regression)
        {
            graph.Initializer("targets", Normal(random, 1, C, O));
            graph.Apply("Gather", "target", ["targets", "label"]);
            graph.Apply("Sub", "error", ["y", "target"]);
            graph.Apply("Mul", "square", ["error", "error"]);
            graph.Apply("ReduceMean", "sample_loss", ["square", "last"]);
        }
        else
        {
            var identity = new float[C * C];
            for (var c = 0; c < C; c++) identity[c * (C + 1)] = 1;
            graph.Initializer("one_hot", Tensor.Of(identity, C, C));
            graph.Apply("LogSoftmax", "log", ["y"]);
            graph.Apply("Gather", "target", ["one_hot", "label"]);
            graph.Apply("Mul", "picked", ["log", "target"]);
            graph.Apply("ReduceSum", "sum", ["picked", "last"]);
            graph.Apply("Neg", "sample_loss", ["sum"]);
        }

        graph.Apply("ReduceMean", "loss", ["sample_loss"]);
        graph.Output("y");
        graph.Output("loss");
        return graph.Build();
    }

    private static Tensor Normal(Random random, double scale, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return Tensor.Of(values, shape);
    }
}
