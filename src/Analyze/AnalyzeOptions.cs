using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>How ONNX Runtime runs the models, and what is asked of them besides the measures.</summary>
public sealed record AnalyzeOptions
{
    /// <summary>Largest <see cref="DecoderMap"/>.</summary>
    public const int LargestMap = 2000;

    private readonly int _decoderMap;

    /// <summary>Execution provider: <c>cpu</c>, or another that the loaded ONNX Runtime has.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Threads within an operator; 0 lets ONNX Runtime choose, and then sums may be rounded in another order.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Points per side of the decoder map of each run's last two-dimensional checkpoint (Figure 2), 2..2000; 0 for none.</summary>
    /// <exception cref="GoldilocksException">Another value.</exception>
    public int DecoderMap
    {
        get => _decoderMap;
        init => _decoderMap = value is 0 or (>= 2 and <= LargestMap) ? value
            : throw new GoldilocksException($"decoder map: {value} points per side are not possible; choose 2 to {LargestMap}, or 0 for no map.");
    }

    /// <summary>Largest <see cref="Components"/>.</summary>
    public const int MostComponents = 64;

    /// <summary>Leading principal components whose coordinates are kept, with the frequencies of the embedding (Figures 1 and 21), 1..64; 0 for none.</summary>
    public int Components { get; init; }

    /// <summary>Largest number of principal components for which the accuracy of the reduced model is measured (Figure 22), 1..1024; 0 for none. Needs <see cref="Components"/>.</summary>
    public int ComponentAccuracy { get; init; }

    /// <summary>Name of the activation whose units count as the hidden layer; null: the last one.</summary>
    public string? Hidden { get; init; }

    /// <summary>Names of the measures to take; none: all of them. Columns of the others stay empty.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Whether the measures compete: what each says, before it happens, about whether and when a run generalises.</summary>
    public bool Rivals { get; init; }

    internal OrtOptions Session => new() { Provider = Provider, IntraOpThreads = Threads };
}
