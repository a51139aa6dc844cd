using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>What a <see cref="ChunkedModel"/> is compiled for.</summary>
public sealed record ChunkedOptions
{
    /// <summary>Samples of a step, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>The scalar to minimise: a mean over the batch.</summary>
    public required string Loss { get; init; }

    /// <summary>Samples of an evaluation, at least 1.</summary>
    public required int EvaluationRows { get; init; }

    /// <summary>Values that an evaluation yields.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Trainable parameters; each influences the loss.</summary>
    public required IReadOnlyList<ParameterGroup> Groups { get; init; }

    /// <summary>Key of the dropout masks.</summary>
    public ulong DropoutSeed { get; init; }

    /// <summary>Threads to work with; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Vector width; the best of the processor by default. Results do not depend on it.</summary>
    public InstructionSet Set { get; init; } = InstructionSets.Best;
}
