namespace Goldilocks.Numerics.Tests;

/// <summary>The vector widths; each runs everywhere, in software where the processor lacks it.</summary>
internal static class KernelSets
{
    public static readonly InstructionSet[] Vectors = [InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512];

    public static readonly InstructionSet[] All = [InstructionSet.Scalar, .. Vectors];
}
