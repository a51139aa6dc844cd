using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The decoders of one architecture in ONNX Runtime, a row of a grid at a time. For one thread at a time.</summary>
internal sealed class DecoderModel : IDisposable
{
    /// <summary>The value that feeds the decoder, by which a graph is cut.</summary>
    private const string InputName = "decoder_input";

    private const string OutputName = "logits";

    private readonly OrtSession _session;
    private readonly OrtBinding _binding;
    private readonly BoundWeights _weights;
    private readonly float[] _points;
    private readonly float[] _logits;
    private readonly int _classes;

    /// <param name="decoder">Its architecture, by <see cref="Cut"/>.</param>
    /// <param name="side">Points per row of a grid.</param>
    /// <param name="options">How ONNX Runtime runs.</param>
    /// <exception cref="Core.GoldilocksException">ONNX Runtime refuses the model.</exception>
    public DecoderModel(ModelGraph decoder, int side, OrtOptions options)
    {
        _classes = (int)decoder.Outputs[0].Shape[1].Size;
        _points = new float[2 * side];
        _logits = new float[side * _classes];
        _session = OrtSession.Create(SharedModel.Skeleton(decoder), options);
        _binding = _session.Bind();
        _weights = new BoundWeights(_binding, decoder);
        _binding.Input<float>(InputName, _points, side, 2).Output<float>(OutputName, _logits, side, _classes);
    }

    /// <summary>The decoder of a model with a two-dimensional embedding: from <c>decoder_input</c> [B, 2] to <c>logits</c> [B, C].</summary>
    /// <exception cref="NotMeasurableException">The model has no such values, or its logits depend on more than the decoder's input.</exception>
    public static ModelGraph Cut(ModelGraph graph)
    {
        if (!graph.Nodes.Any(node => node.Outputs.Contains(InputName))) throw new NotMeasurableException($"the model has no value \"{InputName}\"");
        if (!graph.Outputs.Any(output => output is { Name: OutputName, Type: ElementType.Float32, Shape: [_, { IsSymbolic: false, Size: > 0 }] }))
            throw new NotMeasurableException($"the model has no output \"{OutputName}\" [B, C]");
        var decoder = graph.Extract([new ValueInfo(InputName, ElementType.Float32, [Dimension.Batch, 2])], [OutputName]);
        return decoder.Inputs.Count == 1 ? decoder : throw new NotMeasurableException("the model's logits depend on more than the decoder's input");
    }

    /// <summary>The class of each point, row by row: the largest logit, the first among equals.</summary>
    /// <exception cref="Core.GoldilocksException">ONNX Runtime cannot run the model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two rows.</exception>
    public int[] Classify(ModelGraph decoder, PlaneGrid grid, CancellationToken cancellation)
    {
        _weights.Fill(decoder);
        var classes = new int[grid.Side * grid.Side];
        for (var column = 0; column < grid.Side; column++) _points[2 * column] = (float)grid.X(column);
        for (var row = 0; row < grid.Side; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var column = 0; column < grid.Side; column++) _points[(2 * column) + 1] = (float)grid.Y(row);
            _binding.Run();
            ModelOutputs.ArgMax(_logits, _classes).CopyTo(classes, row * grid.Side);
        }

        return classes;
    }

    public void Dispose()
    {
        _binding.Dispose();
        _session.Dispose();
    }
}
