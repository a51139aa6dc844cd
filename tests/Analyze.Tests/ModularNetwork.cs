using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;

namespace Goldilocks.Analyze.Tests;

/// <summary>Networks of one hidden layer on pairs of symbols, given by their weights: embedding E [P, D], first layer W [H, 2D] and c [H], output V [P, H].</summary>
internal sealed record ModularNetwork(int P, int D, int H, float[] Embedding, float[] First, float[] Bias, float[] Output, string Activation, int[] Train)
{
    public static ModularNetwork Random(int p, int d, int h, int seed)
    {
        var random = new Random(seed);
        float[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        var train = Enumerable.Range(0, p * p).OrderBy(_ => random.Next()).Take(p * p / 2).Order().ToArray();
        return new ModularNetwork(p, d, h, Normal(p * d), Normal(h * 2 * d), Normal(h), Normal(p * h), "Relu", train);
    }

    public ModelGraph Graph()
    {
        var graph = new GraphBuilder("network");
        graph.Input("a", ElementType.Int64, [Dimension.Batch]);
        graph.Input("b", ElementType.Int64, [Dimension.Batch]);
        graph.Initializer("embedding.weight", Tensor.Of(Embedding, P, D));
        graph.Initializer("first.weight", Tensor.Of(First, H, 2 * D));
        graph.Initializer("first.bias", Tensor.Of(Bias, H));
        graph.Initializer("output.weight", Tensor.Of(Output, P, H));
        graph.Initializer("output.bias", Tensor.Of(new float[P], P));
        graph.Apply("Gather", "ea", ["embedding.weight", "a"]);
        graph.Apply("Gather", "eb", ["embedding.weight", "b"]);
        graph.Apply("Concat", "row", ["ea", "eb"], new Dictionary<string, AttributeValue> { ["axis"] = -1L });
        var linear = graph.Linear("linear", "row", "first.weight", "first.bias");
        var hidden = Activation == "square" ? graph.Apply("Mul", "hidden", [linear, linear]) : graph.Apply(Activation, "hidden", [linear]);
        graph.Output(graph.Linear("logits", hidden, "output.weight", "output.bias"));
        return graph.Build() with
        {
            Metadata = new Dictionary<string, string>
            {
                ["goldilocks_format"] = "1",
                ["run"] = new string('3', 64),
                ["step"] = "0",
                ["recipe"] = "modular-mlp",
                ["convention"] = "paper",
                ["task"] = "modular_add",
                ["pairs"] = "ordered",
                ["p"] = $"{P}",
                ["train_samples"] = string.Join(' ', Train),
                ["embedding"] = "embedding.weight",
            },
        };
    }

    /// <summary>Measures the networks as checkpoints 0, 1, ... of one run.</summary>
    public static IReadOnlyList<AnalysisRow> Measure(params ModularNetwork[] networks)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < networks.Length; i++)
        {
            var graph = networks[i].Graph();
            OnnxFile.Write(folder.File($"run-step{i}.onnx"), graph with { Metadata = new Dictionary<string, string>(graph.Metadata) { ["step"] = $"{i}" } });
        }

        var analysis = Analyzer.Run(ModelFile.Find([folder.Path]), witnesses: null, new AnalyzeOptions(), jobs: 2, progress: null, CancellationToken.None);
        Assert.Empty(analysis.Failures);
        Assert.Equal(1, analysis.Sessions);
        return analysis.Rows;
    }

    /// <summary>The network in other coordinates of the embedding: E·R and the first layer's halves each times R, for an orthogonal R [D, D].</summary>
    public ModularNetwork Rotated(double[] rotation)
    {
        float[] Turn(float[] rows) => [.. Enumerable.Range(0, rows.Length).Select(i => (float)Enumerable.Range(0, D).Sum(k => rows[(i / D * D) + k] * rotation[(k * D) + (i % D)]))];
        return this with { Embedding = Turn(Embedding), First = Turn(First) };
    }

    /// <summary>The network with hidden unit i where unit <paramref name="order"/>[i] was.</summary>
    public ModularNetwork Permuted(int[] order) => this with
    {
        First = [.. order.SelectMany(unit => First.Skip(unit * 2 * D).Take(2 * D))],
        Bias = [.. order.Select(unit => Bias[unit])],
        Output = [.. Enumerable.Range(0, P).SelectMany(c => order.Select(unit => Output[(c * H) + unit]))],
    };

    /// <summary>The same network with each symbol x called <paramref name="unit"/>·x: sums stay sums, and a frequency k becomes k divided by it.</summary>
    public ModularNetwork Relabelled(int unit)
    {
        int Name(int x) => (int)((long)unit * x % P);
        var (embedding, output) = (new float[P * D], new float[P * H]);
        for (var x = 0; x < P; x++)
        {
            Embedding.AsSpan(x * D, D).CopyTo(embedding.AsSpan(Name(x) * D));
            Output.AsSpan(x * H, H).CopyTo(output.AsSpan(Name(x) * H));
        }

        return this with { Embedding = embedding, Output = output, Train = [.. Train.Select(sample => (Name(sample / P) * P) + Name(sample % P)).Order()] };
    }
}
