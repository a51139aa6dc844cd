using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>Runs checkpoints of one architecture over all samples, in memory that is bound once and reused. For one thread at a time.</summary>
internal sealed class Evaluator : IDisposable
{
    /// <summary>Values per output; larger ones are not computed.</summary>
    private const long LargestOutput = 1L << 27;

    private readonly OrtBinding _binding;
    private readonly EvaluationSet _samples;
    private readonly BoundWeights _weights;
    private readonly ModelOutput[] _outputs;
    private readonly HiddenActivations? _hidden;
    private readonly float[] _mask = [];

    /// <exception cref="NotMeasurableException">The model takes other inputs, or has no output of a fixed width.</exception>
    public Evaluator(OrtSession session, ModelGraph graph, HiddenLayer? hidden, EvaluationSet samples)
    {
        _samples = samples;
        _outputs = [.. graph.Outputs.Where(IsPerSample).Select(output => Allocate(output.Name, output.Shape[1].Size))];
        if (_outputs.Length == 0) throw new NotMeasurableException("the model has no output of 32-bit numbers [B, C]");
        if (!samples.Fits(graph)) throw new NotMeasurableException(samples.Inputs is [SymbolInput, ..] ? "the model does not take two symbols, a and b, INT64 [B]" : "the model does not take the images, FLOAT [B, pixels]");
        _binding = session.Bind();
        try
        {
            _weights = new BoundWeights(_binding, graph);
            foreach (var input in samples.Inputs) input.Bind(_binding);
            foreach (var output in _outputs) _binding.Output<float>(output.Name, output.Values, samples.Count, output.Columns);
            if (hidden is null) return;
            _hidden = new HiddenActivations(hidden, Allocate(ObservedGraph.BeforeOutput, hidden.Units).Values, Allocate(ObservedGraph.AfterOutput, hidden.Units).Values);
            _mask = new float[hidden.Size];
            _binding.Output<float>(ObservedGraph.BeforeOutput, _hidden.Before, samples.Count, hidden.Units);
            _binding.Output<float>(ObservedGraph.AfterOutput, _hidden.After, samples.Count, hidden.Units);
            _binding.Input<float>(ObservedGraph.MaskInput, _mask, hidden.Size);
        }
        catch
        {
            _binding.Dispose();
            throw;
        }
    }

    /// <summary>Runs the weights of <paramref name="graph"/>, which has this evaluator's architecture.</summary>
    /// <exception cref="Core.GoldilocksException">ONNX Runtime cannot run it.</exception>
    public ModelOutputs Run(ModelGraph graph)
    {
        _weights.Fill(graph);
        _mask.AsSpan().Fill(1);
        _binding.Run();
        return new ModelOutputs(_samples, _outputs, _hidden);
    }

    /// <summary>Runs the same weights again with hidden units multiplied by <paramref name="mask"/>; overwrites what <see cref="Run"/> returned.</summary>
    /// <param name="mask">A factor per unit, <see cref="HiddenLayer.Size"/> of them.</param>
    /// <exception cref="Core.GoldilocksException">ONNX Runtime cannot run it.</exception>
    public ModelOutputs RunMasked(ReadOnlySpan<float> mask)
    {
        mask.CopyTo(_mask);
        _binding.Run();
        return new ModelOutputs(_samples, _outputs, _hidden);
    }

    public void Dispose() => _binding.Dispose();

    private static bool IsPerSample(ValueInfo output) => output is { Type: ElementType.Float32, Shape: [{ IsSymbolic: true }, { IsSymbolic: false, Size: > 0 }] };

    private ModelOutput Allocate(string name, long columns) => columns <= LargestOutput / _samples.Count
        ? new ModelOutput(name, (int)columns, new float[_samples.Count * columns])
        : throw new NotMeasurableException($"an output has {columns} values for each of {_samples.Count} samples, too many to hold");
}
