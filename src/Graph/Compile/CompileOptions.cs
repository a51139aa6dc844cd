using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>What a plan is compiled for.</summary>
public sealed record CompileOptions
{
    /// <summary>Rows of the batch in the forward pass, at least 1.</summary>
    public required int ForwardRows { get; init; }

    /// <summary>Leading rows that are trained on; the others ride along for evaluation. 0 for a plan without training, whose totals count every row.</summary>
    public int GradientRows { get; init; }

    /// <summary>The scalar value to minimise, or null for a plan without training.</summary>
    public string? Loss { get; init; }

    /// <summary>Values to keep readable beside the loss.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Trainable parameters; initializers in no group stay fixed.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>
    /// Samples over which the loss is a mean, where one step's gradient is put together from several backward passes that add up; 0 for one pass.
    /// </summary>
    public int LossRows { get; init; }

    /// <summary>Key of the dropout masks.</summary>
    public ulong DropoutSeed { get; init; }

    /// <summary>Vector width; the best of the processor by default.</summary>
    public InstructionSet Set { get; init; } = InstructionSets.Best;
}
