using Goldilocks.Numerics;

namespace Goldilocks.Analyze;

/// <summary>One output of a model over all samples in canonical order, row-major.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Columns">Values per sample.</param>
/// <param name="Values">[samples, columns].</param>
internal sealed record ModelOutput(string Name, int Columns, float[] Values);

/// <summary>What ONNX Runtime computed for one checkpoint; valid until its evaluator runs again.</summary>
internal sealed class ModelOutputs(EvaluationSet samples, IReadOnlyList<ModelOutput> all, HiddenActivations? hidden)
{
    private int[]? _predictions;

    /// <summary>Every output that the model declares.</summary>
    public IReadOnlyList<ModelOutput> All => all;

    /// <summary>The last layer of hidden units.</summary>
    /// <exception cref="NotMeasurableException">There is none.</exception>
    public HiddenActivations Hidden => hidden ?? throw new NotMeasurableException("the model has no hidden layer of known shape");

    /// <summary>Class scores [samples, C].</summary>
    /// <exception cref="NotMeasurableException">There are none, or for another number of classes.</exception>
    public ModelOutput Logits
    {
        get
        {
            var logits = all.FirstOrDefault(output => output.Name == "logits") ?? throw new NotMeasurableException("the model has no output \"logits\" [B, C]");
            return logits.Columns == samples.Classes ? logits : throw new NotMeasurableException($"the model scores {logits.Columns} classes, the task has {samples.Classes}");
        }
    }

    /// <summary>The predicted class of each sample: the largest logit, the first among equals.</summary>
    /// <inheritdoc cref="Logits"/>
    public int[] Predictions => _predictions ??= ArgMax(Logits.Values, Logits.Columns);

    /// <summary>The share of samples that are predicted correctly; null when there are none.</summary>
    /// <inheritdoc cref="Logits"/>
    public double? Accuracy(ReadOnlySpan<int> among)
    {
        var correct = 0;
        foreach (var sample in among) correct += Predictions[sample] == samples.Labels[sample] ? 1 : 0;
        return among.Length == 0 ? null : (double)correct / among.Length;
    }

    /// <summary>Mean cross-entropy over samples, in nats; null when there are none.</summary>
    /// <inheritdoc cref="Logits"/>
    public double? Loss(ReadOnlySpan<int> among)
    {
        var (logits, sum) = (Logits, 0.0);
        foreach (var sample in among)
        {
            var row = logits.Values.AsSpan(sample * logits.Columns, logits.Columns);
            double largest = double.NegativeInfinity, total = 0;
            foreach (var value in row) largest = Math.Max(largest, value);
            foreach (var value in row) total += Math.Exp(value - largest);
            sum += Math.Log(total) + largest - row[samples.Labels[sample]];
        }

        return among.Length == 0 ? null : sum / among.Length;
    }

    /// <summary>The largest of each row.</summary>
    public static unsafe int[] ArgMax(ReadOnlySpan<float> values, int columns)
    {
        var largest = new int[values.Length / columns];
        fixed (float* data = values)
        {
            for (var row = 0; row < largest.Length; row++) largest[row] = Reductions.ArgMax(data + ((long)row * columns), columns);
        }

        return largest;
    }
}
