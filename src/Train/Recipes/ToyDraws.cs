using Goldilocks.Graph;
using Goldilocks.Numerics.Generators;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>What a run of the toy model starts from: its random draws, and the targets, drawn or one-hot.</summary>
/// <param name="Embedding">E [P, D], D values per symbol.</param>
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
    public static ToyDraws Counter(ToyModel model)
    {
        var seed = (ulong)model.Config.Long("seed");
        var split = Split.Counter(model.Samples, model.TrainSamples, seed);
        var embedding = new CounterRandom(seed, RandomStream.Embedding);
        var decoder = new CounterRandom(seed, RandomStream.Decoder);
        var targets = new CounterRandom(seed, RandomStream.Targets);
        return new ToyDraws(
            EmbeddingOf(model, _ => embedding.NextSingle()),
            DecoderOf(model, (weight, bias) =>
            {
                var bound = (float)(1 / Math.Sqrt((double)weight.Length / bias.Length));
                decoder.FillUniform(weight, -bound, bound);
                decoder.FillUniform(bias, -bound, bound);
            }),
            TargetsOf(model, targets.FillNormal),
            split,
            model.Batch == model.TrainSamples ? new FullBatch() : new CounterBatches(split.Train, model.Batch, seed));
    }

    /// <summary>
    /// The draw order of the reference code's toy program: NumPy draws targets, split and batches; PyTorch draws embedding and decoder. Classification
    /// draws C × C targets that it does not use. One-hot targets do the same: that is ours, for no stored run of the authors has them.
    /// </summary>
    public static ToyDraws Toy(ToyModel model)
    {
        var (numpy, torch) = Generators(model);
        if (model.Targets != ToyTargets.Random) numpy.FillNormal(new double[model.Samples.Classes * model.Samples.Classes]);
        var targets = TargetsOf(model, numpy.FillNormal);
        var split = Split.Numpy(model.Samples, model.TrainSamples, numpy);
        return new ToyDraws(
            EmbeddingOf(model, _ => torch.NextSingle()),
            DecoderOf(model, torch.FillLinear),
            targets,
            split,
            new NumpyBatches(split.Train, numpy));
    }

    /// <summary>
    /// The draw order of the programs behind Figure 6: NumPy draws normal values that nothing uses, the targets (regression only) and the split;
    /// PyTorch draws an encoder of three Linears that nothing uses, the decoder and last the embedding. A full batch is the training set as it was drawn;
    /// smaller ones are drawn at every step as in <see cref="Toy"/>: that is ours, for no stored run of the authors has them.
    /// </summary>
    /// <param name="model">Settings and sizes.</param>
    /// <param name="unusedNormals">Values that NumPy draws first.</param>
    /// <param name="encoderInputs">Inputs of the unused encoder.</param>
    public static ToyDraws PhaseDiagram(ToyModel model, int unusedNormals, int encoderInputs)
    {
        var (numpy, torch) = Generators(model);
        var width = model.Config.Integer("width");
        numpy.FillNormal(new double[unusedNormals]);
        var targets = TargetsOf(model, numpy.FillNormal);
        var split = Split.Numpy(model.Samples, model.TrainSamples, numpy);
        foreach (var (inputs, outputs) in ((int, int)[])[(encoderInputs, width), (width, width), (width, model.EmbeddingSize)])
            torch.FillLinear(new float[outputs * inputs], new float[outputs]);
        var decoder = DecoderOf(model, torch.FillLinear);
        return new ToyDraws(
            EmbeddingOf(model, _ => torch.NextSingle()),
            decoder,
            targets,
            split,
            model.Batch == model.TrainSamples ? new FullBatch() : new NumpyBatches(split.Train, numpy));
    }

    private static (NumpyLegacyRandom Numpy, TorchCpuRandom Torch) Generators(ToyModel model)
    {
        var seed = (uint)model.Config.Long("seed");
        return (new NumpyLegacyRandom(seed), new TorchCpuRandom(seed));
    }

    private static Tensor EmbeddingOf(ToyModel model, Func<int, float> uniform)
    {
        var (p, size, scale) = (model.Samples.Symbols, model.EmbeddingSize, (float)model.Config.Number("embedding_scale"));
        return Tensor.Of([.. Enumerable.Range(0, p * size).Select(i => (uniform(i) - 0.5f) * scale)], p, size);
    }

    private static KeyValuePair<string, Tensor>[] DecoderOf(ToyModel model, LinearInitialiser initialise)
    {
        var depth = model.Config.Integer("depth");
        int[] sizes = [model.EmbeddingSize, .. Enumerable.Repeat(model.Config.Integer("width"), depth), model.Outputs];
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
    private static Tensor? TargetsOf(ToyModel model, NormalFiller fill)
    {
        if (model.Targets == ToyTargets.None) return null;
        if (model.Targets == ToyTargets.OneHot) return Identity(model.Samples.Classes);
        var values = new double[model.Samples.Classes * model.Outputs];
        fill(values);
        return Tensor.Of([.. values.Select(value => (float)value)], model.Samples.Classes, model.Outputs);
    }

    private delegate void LinearInitialiser(Span<float> weight, Span<float> bias);

    private delegate void NormalFiller(Span<double> destination);
}
