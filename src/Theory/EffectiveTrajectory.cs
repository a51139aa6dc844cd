namespace Goldilocks.Theory;

/// <summary>Trajectories of the effective theory from a normalised start: exact by eigen-decomposition, or by numerical integration.</summary>
public sealed class EffectiveTrajectory
{
    private readonly EffectiveTheory _theory;
    private readonly double[] _start;

    /// <summary>Trajectories from <paramref name="start"/>, Ẽ [P, D] row-major and already normalised.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of P, or every entry is zero.</exception>
    public EffectiveTrajectory(EffectiveTheory theory, ReadOnlySpan<double> start)
    {
        NormalisedEmbedding.DimensionOf(start.Length, theory.Symbols);
        _theory = theory;
        _start = start.ToArray();
        InitialSquaredNorm = SquaredNorm(start);
        if (!(InitialSquaredNorm > 0)) throw new ArgumentException("a trajectory needs a start with a positive norm", nameof(start));
    }

    /// <summary>Z0 at the start.</summary>
    public double InitialSquaredNorm { get; }

    /// <summary>Z0 = Σ|Ẽ_k|² (eq. 6), conserved by the exact full flow.</summary>
    public static double SquaredNorm(ReadOnlySpan<double> embedding)
    {
        double sum = 0;
        foreach (var entry in embedding) sum += entry * entry;
        return sum;
    }

    /// <summary>C = ΣẼ_k [D] (eq. 6). Only C = 0 is conserved by the full flow: dC/dt = (2ℓ0/Z0²)·C.</summary>
    public double[] Centre(ReadOnlySpan<double> embedding)
    {
        var centre = new double[embedding.Length / _theory.Symbols];
        for (var k = 0; k < embedding.Length; k++) centre[k % centre.Length] += embedding[k];
        return centre;
    }

    /// <summary>
    /// Ẽ at time <paramref name="time"/>. Linear flow: e^{-Ht}Ẽ(0), a sum of exponentials. Full flow: the same, rescaled to the conserved
    /// Z0; for ∂ℓ_eff/∂Ẽ = HẼ - (2ℓ0/Z0²)Ẽ differs from HẼ only along Ẽ, which rescaling absorbs.
    /// </summary>
    public double[] At(double time, EffectiveFlow flow)
    {
        var p = _theory.Symbols;
        var dimension = _start.Length / p;
        var factor = _theory.HessianFactor(InitialSquaredNorm);
        var (values, vectors) = (_theory.Eigen.Values, _theory.Eigen.Vectors);
        var result = new double[_start.Length];
        for (var k = 0; k < p; k++)
        {
            var decay = Math.Exp(-values[k] * factor * time);
            for (var d = 0; d < dimension; d++)
            {
                double amplitude = 0;
                for (var i = 0; i < p; i++) amplitude += vectors[(k * p) + i] * _start[(i * dimension) + d];
                for (var i = 0; i < p; i++) result[(i * dimension) + d] += decay * amplitude * vectors[(k * p) + i];
            }
        }

        if (flow == EffectiveFlow.Full)
        {
            var scale = Math.Sqrt(InitialSquaredNorm / SquaredNorm(result));
            for (var k = 0; k < result.Length; k++) result[k] *= scale;
        }

        return result;
    }

    /// <summary>Explicit Euler steps Ẽ ← Ẽ - η ∂ℓ_eff/∂Ẽ (or - η HẼ). A numerical integrator beside the exact solution.</summary>
    /// <param name="stepSize">η.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="flow">Which right-hand side.</param>
    /// <param name="frozenNorm">Z0 stays at its first value (reference code) instead of following Ẽ; Z0 then drifts by O(η).</param>
    /// <param name="observe">Called with (step, Ẽ) at the start and after every step.</param>
    /// <returns>Ẽ after the last step.</returns>
    public double[] Euler(double stepSize, int steps, EffectiveFlow flow, bool frozenNorm, Action<int, double[]>? observe = null)
    {
        var embedding = (double[])_start.Clone();
        var slope = new double[_start.Length];
        observe?.Invoke(0, embedding);
        for (var step = 1; step <= steps; step++)
        {
            Slope(embedding, flow, frozenNorm, slope);
            for (var k = 0; k < slope.Length; k++) embedding[k] += stepSize * slope[k];
            observe?.Invoke(step, embedding);
        }

        return embedding;
    }

    /// <summary>Classical fourth-order Runge-Kutta steps of the full flow, which know neither the exact solution nor what it conserves.</summary>
    /// <param name="stepSize">Time per step.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="observe">Called with (step, Ẽ) at the start and after every step.</param>
    /// <returns>Ẽ after the last step.</returns>
    public double[] RungeKutta(double stepSize, int steps, Action<int, double[]>? observe = null)
    {
        var embedding = (double[])_start.Clone();
        var (trial, slope, sum) = (new double[_start.Length], new double[_start.Length], new double[_start.Length]);
        ReadOnlySpan<(double Advance, double Weight)> stages = [(0, 1), (0.5, 2), (0.5, 2), (1, 1)];
        observe?.Invoke(0, embedding);
        for (var step = 1; step <= steps; step++)
        {
            Array.Clear(sum);
            foreach (var (advance, weight) in stages)
            {
                for (var k = 0; k < trial.Length; k++) trial[k] = embedding[k] + (advance * stepSize * slope[k]);
                Slope(trial, EffectiveFlow.Full, frozenNorm: false, slope);
                for (var k = 0; k < sum.Length; k++) sum[k] += weight * slope[k];
            }

            for (var k = 0; k < sum.Length; k++) embedding[k] += stepSize / 6 * sum[k];
            observe?.Invoke(step, embedding);
        }

        return embedding;
    }

    /// <summary>-∂ℓ_eff/∂Ẽ (full) or -HẼ (linear) at Ẽ.</summary>
    private void Slope(double[] embedding, EffectiveFlow flow, bool frozenNorm, double[] slope)
    {
        _theory.Apply(embedding, slope);
        var norm = frozenNorm ? InitialSquaredNorm : SquaredNorm(embedding);
        var factor = _theory.HessianFactor(norm);
        double pull = 0;
        if (flow == EffectiveFlow.Full)
        {
            for (var k = 0; k < slope.Length; k++) pull += embedding[k] * slope[k];
            pull *= factor / norm;
        }

        for (var k = 0; k < slope.Length; k++) slope[k] = (pull * embedding[k]) - (factor * slope[k]);
    }
}
