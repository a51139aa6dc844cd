using System.Text.Json;
using Goldilocks.Data;
using Goldilocks.Graph;

namespace Goldilocks.Train.Tests;

/// <summary>
/// What PyTorch 1.13 computes for a small model, in double precision: <c>nn.Embedding</c>, <c>nn.Linear</c> and <c>nn.TransformerEncoderLayer</c> from the
/// parameters of <see cref="Initial"/>, trained with full batches by <c>torch.optim.AdamW</c> with two groups.
/// </summary>
/// <param name="Recipe">Recipe of the same model.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Losses">Loss before each of ten updates.</param>
/// <param name="Output">Digest of the last layer's output for all samples that are trained on, before the first update.</param>
/// <param name="Parameters">Digests by state-dict name, in PyTorch's order.</param>
internal sealed record TorchFixture(string Recipe, string Settings, double[] Losses, double[] Output, OrderedDictionary<string, TorchFixture.Parameter> Parameters)
{
    private const int Images = 20;
    private const int TestImages = 10;
    private const int Side = 4;
    private const int Classes = 10;

    /// <param name="Gradient">Digest of the first gradient.</param>
    /// <param name="After">Digest of the value after ten updates.</param>
    internal sealed record Parameter(double[] Gradient, double[] After);

    public static TorchFixture Read(string name)
    {
        using var stream = typeof(TorchFixture).Assembly.GetManifestResourceStream($"{name}.json")!;
        return JsonSerializer.Deserialize<TorchFixture>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>A tensor in six numbers, the first two of which every element moves: norm, Σ x[j]·sin(1 + j), and the elements at 0, n/3, 2n/3 and n − 1.</summary>
    public static double[] Digest(ReadOnlySpan<float> x)
    {
        double squares = 0, sum = 0;
        for (var j = 0; j < x.Length; j++)
        {
            squares += (double)x[j] * x[j];
            sum += x[j] * Math.Sin(1 + j);
        }

        return [Math.Sqrt(squares), sum, x[0], x[x.Length / 3], x[2 * x.Length / 3], x[^1]];
    }

    /// <summary>The recipe's experiment on all pairs, or on all training images, from the parameters that PyTorch started from.</summary>
    public Experiment Experiment()
    {
        using var folder = new TemporaryFolder();
        string[] data = Recipe == "mnist" ? [$"data={folder.Path}"] : ["train_fraction=1"];
        if (Recipe == "mnist") WriteImages(folder);
        var experiment = Runs.Experiment(Runs.Configure(Recipe, [.. data, .. Settings.Split(' '), "steps=10", "checkpoints=none"]));
        var order = Parameters.Keys.ToList();
        return experiment with
        {
            Graph = experiment.Graph.WithInitializers(experiment.Graph.Initializers.Select(initializer =>
                order.IndexOf(initializer.Key) is >= 0 and var index ? new(initializer.Key, Initial(initializer.Key, index, initializer.Value)) : initializer)),
        };
    }

    /// <summary>Element j of parameter k is 0.3·sin(1 + 1.7·k + 0.37·j + 0.01·j²), plus 1 in the weights of normalisations.</summary>
    private static Tensor Initial(string name, int k, Tensor like)
    {
        var values = new float[like.Count];
        var offset = name.Contains(".norm", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? 1.0 : 0.0;
        for (var j = 0; j < values.Length; j++) values[j] = (float)(offset + (0.3 * Math.Sin(1 + (1.7 * k) + (0.37 * j) + (0.01 * j * j))));
        return Tensor.Of(values, [.. like.Shape]);
    }

    /// <summary>Twenty images of 4 x 4 pixels: byte k of image i is 31·i + 7·k + i·k + i² modulo 256, and its label i modulo 10.</summary>
    private static void WriteImages(TemporaryFolder folder)
    {
        Write("train", Images);
        Write("t10k", TestImages);

        void Write(string part, int images)
        {
            byte[] bytes = [.. Enumerable.Range(0, images).SelectMany(i => Enumerable.Range(0, Side * Side).Select(k => (byte)((31 * i) + (7 * k) + (i * k) + (i * i))))];
            IdxFile.Write(folder.File($"{part}-images-idx3-ubyte"), bytes, images, Side, Side);
            IdxFile.Write(folder.File($"{part}-labels-idx1-ubyte"), [.. Enumerable.Range(0, images).Select(i => (byte)(i % Classes))], images);
        }
    }
}
