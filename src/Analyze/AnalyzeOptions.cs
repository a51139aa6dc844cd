namespace Goldilocks.Analyze;

/// <summary>How ONNX Runtime runs the models.</summary>
public sealed record AnalyzeOptions
{
    /// <summary>Execution provider: <c>cpu</c>, or another that the loaded ONNX Runtime has.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Threads within an operator; 0 lets ONNX Runtime choose, and then sums may be rounded in another order.</summary>
    public int Threads { get; init; } = 1;
}
