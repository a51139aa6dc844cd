using System.Collections.Concurrent;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>
/// One architecture in ONNX Runtime: its weights are inputs, so one session serves all checkpoints. Thread-safe; each thread rents an evaluator.
/// </summary>
internal sealed class SharedModel : IDisposable
{
    private readonly OrtSession _session;
    private readonly HiddenLayer? _hidden;
    private readonly EvaluationSet _samples;
    private readonly ConcurrentBag<Evaluator> _idle = [];

    /// <param name="graph">Any of the checkpoints.</param>
    /// <param name="hidden">The activation whose units are the hidden layer; null: the last one.</param>
    /// <param name="samples">What is evaluated.</param>
    /// <param name="options">How ONNX Runtime runs.</param>
    /// <exception cref="Core.GoldilocksException">ONNX Runtime refuses the model.</exception>
    public SharedModel(ModelGraph graph, string? hidden, EvaluationSet samples, OrtOptions options)
    {
        _samples = samples;
        _hidden = HiddenLayer.Of(graph, hidden, values => samples.Fits(graph) ? ObservedGraph.Measure(graph, values, samples, options) : new Dictionary<string, long[]>());
        _session = OrtSession.Create(Skeleton(_hidden is null ? graph : ObservedGraph.Of(graph, _hidden)), options);
    }

    /// <summary>
    /// The bytes that checkpoints of one architecture share: 32-bit weights become inputs; texts that tell of a single checkpoint are left out.
    /// </summary>
    public static byte[] Skeleton(ModelGraph graph) => OnnxFile.Serialize(graph with
    {
        Doc = "",
        Metadata = new Dictionary<string, string>(),
        Inputs = [.. graph.Inputs, .. Weights(graph).Select(weight => new ValueInfo(weight.Key, weight.Value.Type, [.. weight.Value.Shape.Select(size => (Dimension)size)]))],
        Initializers = [.. graph.Initializers.Where(initializer => !IsWeight(initializer.Value))],
    });

    /// <summary>The initializers that are fed per checkpoint.</summary>
    public static IEnumerable<KeyValuePair<string, Tensor>> Weights(ModelGraph graph) => graph.Initializers.Where(initializer => IsWeight(initializer.Value));

    /// <exception cref="NotMeasurableException">The model takes other inputs.</exception>
    public Evaluator Rent(ModelGraph graph) => _idle.TryTake(out var evaluator) ? evaluator : new Evaluator(_session, graph, _hidden, _samples);

    public void Return(Evaluator evaluator) => _idle.Add(evaluator);

    public void Dispose()
    {
        foreach (var evaluator in _idle) evaluator.Dispose();
        _session.Dispose();
    }

    private static bool IsWeight(Tensor tensor) => tensor.Type == ElementType.Float32 && tensor.Count > 0;
}
