using System.Collections.Concurrent;
using System.Security.Cryptography;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>ONNX Runtime sessions by architecture. Thread-safe.</summary>
internal sealed class SessionPool : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<SharedModel>> _models = new(StringComparer.Ordinal);
    private readonly OrtOptions _options;
    private readonly string? _hidden;

    /// <exception cref="Core.GoldilocksException">ONNX Runtime is missing, or does not have the provider: said once, not for every model.</exception>
    public SessionPool(AnalyzeOptions options)
    {
        (_options, _hidden) = (options.Session, options.Hidden);
        var probe = new GraphBuilder("probe");
        probe.Output(probe.Apply("Neg", "y", [probe.Input("x", ElementType.Float32, [1])]));
        OrtSession.Create(OnnxFile.Serialize(probe.Build()), _options).Dispose();
    }

    /// <summary>Sessions made so far.</summary>
    public int Created => _models.Values.Count(model => model.IsValueCreated);

    /// <summary>The session of a model's architecture, over the samples of its task.</summary>
    /// <exception cref="Core.GoldilocksException">ONNX Runtime refuses the model.</exception>
    public SharedModel Find(ModelGraph graph, EvaluationSet samples)
    {
        var skeleton = SharedModel.Skeleton(graph);
        var key = $"{Convert.ToHexString(SHA256.HashData(skeleton))}/{samples.Key}";
        return _models.GetOrAdd(key, _ => new Lazy<SharedModel>(() => new SharedModel(graph, _hidden, samples, _options))).Value;
    }

    public void Dispose()
    {
        foreach (var model in _models.Values.Where(model => model.IsValueCreated)) model.Value.Dispose();
    }
}
