using System.Runtime.Intrinsics.X86;
using AdvSimd = System.Runtime.Intrinsics.Arm.AdvSimd;

namespace Goldilocks.Numerics;

/// <summary>The vector width that kernels use. Chosen once per process from what the processor offers.</summary>
/// <remarks>
/// Every kernel performs the same IEEE operations in the same order at every width (a fused multiply-add is one rounding everywhere, sums
/// have a fixed order), so results are equal bit for bit whichever set is chosen.
/// </remarks>
public enum InstructionSet
{
    /// <summary>Plain scalar code: the readable twin of every kernel, and the fallback.</summary>
    Scalar = 1,

    /// <summary>4 lanes (Arm Advanced SIMD).</summary>
    Vector128 = 4,

    /// <summary>8 lanes (AVX2 with FMA).</summary>
    Vector256 = 8,

    /// <summary>16 lanes (AVX-512).</summary>
    Vector512 = 16,
}

/// <summary>What this processor offers.</summary>
public static class InstructionSets
{
    /// <summary>The widest set with hardware support for fused multiply-add.</summary>
    public static InstructionSet Best { get; } =
        System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? InstructionSet.Vector512
        : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated && Fma.IsSupported ? InstructionSet.Vector256
        : AdvSimd.IsSupported ? InstructionSet.Vector128
        : InstructionSet.Scalar;
}
