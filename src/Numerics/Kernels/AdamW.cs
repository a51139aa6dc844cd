using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Hyperparameters of <see cref="AdamW"/>.</summary>
/// <param name="LearningRate">Step size, ≥ 0.</param>
/// <param name="WeightDecay">Decoupled decay, ≥ 0: the parameter shrinks by LearningRate·WeightDecay before the step.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">Added after the square root and after bias correction, &gt; 0.</param>
public sealed record AdamWOptions(double LearningRate, double WeightDecay = 0, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8);

/// <summary>
/// The AdamW update (Loshchilov and Hutter, 2019, algorithm 2, as PyTorch runs it) over a parameter vector and its two moments:
/// p ← p·(1 − lr·wd); m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − lr·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
/// </summary>
/// <remarks>The bias corrections are folded into the step size and ε, which leaves one division and one square root per value.</remarks>
public static unsafe class AdamW
{
    /// <summary>One update of <paramref name="count"/> values.</summary>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="step">1 for the first update.</param>
    /// <param name="parameters">p; padding that is zero with zero gradients stays zero.</param>
    /// <param name="gradients">g.</param>
    /// <param name="first">m, zero at first.</param>
    /// <param name="second">v, zero at first.</param>
    /// <param name="count">A multiple of <see cref="Layout.Lanes"/>.</param>
    /// <param name="set">Vector width.</param>
    public static void Update(AdamWOptions options, long step, float* parameters, float* gradients, float* first, float* second, long count, InstructionSet set)
    {
        var correction1 = 1 - Math.Pow(options.Beta1, step);
        var correction2 = Math.Sqrt(1 - Math.Pow(options.Beta2, step));
        var constants = new Constants(
            Keep: (float)(1 - (options.LearningRate * options.WeightDecay)),
            Beta1: (float)options.Beta1,
            OneMinusBeta1: (float)(1 - options.Beta1),
            Beta2: (float)options.Beta2,
            OneMinusBeta2: (float)(1 - options.Beta2),
            MinusStep: (float)(-options.LearningRate / correction1 * correction2),
            Epsilon: (float)(options.Epsilon * correction2));
        switch (set)
        {
            case InstructionSet.Vector512: Loop<Simd16>(constants, parameters, gradients, first, second, count); break;
            case InstructionSet.Vector256: Loop<Simd8>(constants, parameters, gradients, first, second, count); break;
            case InstructionSet.Vector128: Loop<Simd4>(constants, parameters, gradients, first, second, count); break;
            default: Loop<Simd1>(constants, parameters, gradients, first, second, count); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V>(in Constants constants, float* parameters, float* gradients, float* first, float* second, long count)
        where V : unmanaged, ISimd<V>
    {
        var keep = V.Broadcast(constants.Keep);
        var beta1 = V.Broadcast(constants.Beta1);
        var oneMinusBeta1 = V.Broadcast(constants.OneMinusBeta1);
        var beta2 = V.Broadcast(constants.Beta2);
        var oneMinusBeta2 = V.Broadcast(constants.OneMinusBeta2);
        var minusStep = V.Broadcast(constants.MinusStep);
        var epsilon = V.Broadcast(constants.Epsilon);
        for (long i = 0; i < count; i += V.Lanes)
        {
            var g = V.Load(gradients + i);
            var m = V.FusedMultiplyAdd(oneMinusBeta1, g, beta1 * V.Load(first + i));
            var v = V.FusedMultiplyAdd(oneMinusBeta2 * g, g, beta2 * V.Load(second + i));
            var p = keep * V.Load(parameters + i);
            m.Store(first + i);
            v.Store(second + i);
            (p + (minusStep * m / (V.Sqrt(v) + epsilon))).Store(parameters + i);
        }
    }

    private readonly record struct Constants(
        float Keep, float Beta1, float OneMinusBeta1, float Beta2, float OneMinusBeta2, float MinusStep, float Epsilon);
}
