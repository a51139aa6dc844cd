namespace Goldilocks.Native;

/// <summary>How a session runs.</summary>
public sealed record OrtOptions
{
    /// <summary>Threads within an operator; 0 lets ONNX Runtime choose. One is best for tiny models and makes sums reproducible.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Operators run at the same time; 0 lets ONNX Runtime choose.</summary>
    public int InterOpThreads { get; init; } = 1;

    public OrtOptimization Optimization { get; init; } = OrtOptimization.All;

    /// <summary>Execution provider: <c>cpu</c>, <c>cuda</c>, or another name that the library knows (<see cref="OrtSession.AvailableProviders"/>).</summary>
    public string Provider { get; init; } = "cpu";
}
