using Goldilocks.Graph;
using Goldilocks.Numerics.Generators;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>What a run of the toy model starts from: its random draws, and the targets, drawn or one-hot.</summary>
/// <param name="Embedding">E [P, D].</param>
/// <param name="Decoder">Weights [out, in] and biases [out], by state-dict name.</param>
/// <param name="Targets">[C, outputs], a row per class; null for classification.</param>
/// <param name="Split">Training and validation samples.</param>
/// <param name="Batches">The samples of each step.</param>
internal sealed record ToyDraws(Tensor Embedding, IReadOnlyList<KeyValuePair<string, Tensor>> Decoder, Tensor? Targets, Split Split, IBatchOrder Batches)
{
    /// <summary>The rows of the C × C identity: one-hot vectors, by class.</summary>
    public static Tensor Identity(int classes)
    {
        var values = new float[classes * classes];
        for (var c = 0; c < classes; c++) values[(c * classes) + c] = 1;
        return Tensor.Of(values, classes, classes);
    }

    /// <summary>Independent streams by purpose.</summary>
    public static ToyDraws Counter(RunConfig config, SampleSet samples, int trainSamples, int batch)
    {
        var seed = (ulong)config.Long("seed");
        var split = Split.Counter(samples, trainSamples, seed);
        var embedding = new CounterRandom(seed, RandomStream.Embedding);
        var decoder = new CounterRandom(seed, RandomStream.Decoder);
        var targets = new CounterRandom(seed, RandomStream.Targets);
        return new ToyDraws(
            EmbeddingOf(config, _ => embedding.NextSingle()),
            DecoderOf(config, samples, (weight, bias) =>
            {
                var bound = (float)(1 / Math.Sqrt((double)weight.Length / bias.Length));
                decoder.FillUniform(weight, -bound, bound);
                decoder.FillUniform(bias, -bound, bound);
            }),
            TargetsOf(config, samples, targets.FillNormal),
            split,
            batch == trainSamples ? new FullBatch() : new CounterBatches(split.Train, batch, seed));
    }

    /// <summary>
    /// The draw order of the reference code: NumPy draws targets, split and batches; PyTorch draws embedding and decoder. Classification draws C × C
    /// targets that it does not use. One-hot targets do the same: that is ours, for no stored run of the authors has them.
    /// </summary>
    public static ToyDraws Reference(RunConfig config, SampleSet samples, int trainSamples)
    {
        if (ToyAddition.IsPhaseDiagram(config)) return PhaseDiagram(config, samples, trainSamples);
        var numpy = new NumpyLegacyRandom((uint)config.Long("seed"));
        var torch = new TorchCpuRandom((uint)config.Long("seed"));
        if (!HasRandomTargets(config)) numpy.FillNormal(new double[samples.Classes * samples.Classes]);
        var targets = TargetsOf(config, samples, numpy.FillNormal);
        var split = Split.Numpy(samples, trainSamples, numpy);
        return new ToyDraws(
            EmbeddingOf(config, _ => torch.NextSingle()),
            DecoderOf(config, samples, torch.FillLinear),
            targets,
            split,
            new NumpyBatches(split.Train, numpy));
    }

    /// <summary>
    /// The draw order of the program behind Figure 6: NumPy draws P × outputs normal values that nothing uses, the targets (regression only) and the split;
    /// PyTorch draws an encoder of three Linears that nothing uses, the decoder and last the embedding. Every step takes the whole training set.
    /// </summary>
    private static ToyDraws PhaseDiagram(RunConfig config, SampleSet samples, int trainSamples)
    {
        var numpy = new NumpyLegacyRandom((uint)config.Long("seed"));
        var torch = new TorchCpuRandom((uint)config.Long("seed"));
        var (p, width) = (samples.Symbols, config.Integer("width"));
        numpy.FillNormal(new double[p * (HasRandomTargets(config) ? config.Integer("output_dimension") : samples.Classes)]);
        var targets = TargetsOf(config, samples, numpy.FillNormal);
        var split = Split.Numpy(samples, trainSamples, numpy);
        foreach (var (inputs, outputs) in ((int, int)[])[(p, width), (width, width), (width, config.Integer("embedding_dimension"))])
            torch.FillLinear(new float[outputs * inputs], new float[outputs]);
        var decoder = DecoderOf(config, samples, torch.FillLinear);
        return new ToyDraws(EmbeddingOf(config, _ => torch.NextSingle()), decoder, targets, split, new FullBatch());
    }

    private static Tensor EmbeddingOf(RunConfig config, Func<int, float> uniform)
    {
        var (p, d, scale) = (config.Integer("p"), config.Integer("embedding_dimension"), (float)config.Number("embedding_scale"));
        return Tensor.Of([.. Enumerable.Range(0, p * d).Select(i => (uniform(i) - 0.5f) * scale)], p, d);
    }

    private static KeyValuePair<string, Tensor>[] DecoderOf(RunConfig config, SampleSet samples, LinearInitialiser initialise)
    {
        var depth = config.Integer("depth");
        var outputs = HasRandomTargets(config) ? config.Integer("output_dimension") : samples.Classes;
        int[] sizes = [config.Integer("embedding_dimension"), .. Enumerable.Repeat(config.Integer("width"), depth), outputs];
        var parameters = new List<KeyValuePair<string, Tensor>>();
        for (var layer = 0; layer <= depth; layer++)
        {
            var weight = new float[sizes[layer + 1] * sizes[layer]];
            var bias = new float[sizes[layer + 1]];
            initialise(weight, bias);
            parameters.Add(new($"decoder.{2 * layer}.weight", Tensor.Of(weight, sizes[layer + 1], sizes[layer])));
            parameters.Add(new($"decoder.{2 * layer}.bias", Tensor.Of(bias, sizes[layer + 1])));
        }

        return [.. parameters];
    }

    /// <summary>C × outputs normal values, the C × C identity, or null for classification.</summary>
    private static Tensor? TargetsOf(RunConfig config, SampleSet samples, NormalFiller fill)
    {
        if (config.Text("loss") != "mse") return null;
        if (!HasRandomTargets(config)) return Identity(samples.Classes);
        var outputs = config.Integer("output_dimension");
        var values = new double[samples.Classes * outputs];
        fill(values);
        return Tensor.Of([.. values.Select(value => (float)value)], samples.Classes, outputs);
    }

    private static bool HasRandomTargets(RunConfig config) => config.Text("loss") == "mse" && config.Text("targets") == "random";

    private delegate void LinearInitialiser(Span<float> weight, Span<float> bias);

    private delegate void NormalFiller(Span<double> destination);
}
