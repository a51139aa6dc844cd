using System.Runtime.Intrinsics;

namespace Goldilocks.Theory;

/// <summary>
/// The logits of addition modulo p on ordered pairs, seen through the sums: how much of them is cos(2πk(a + b − c)/p), and the loss with only
/// those parts or without them (Nanda et al. 2023). Immutable.
/// </summary>
/// <remarks>
/// The projections are per class over the p² inputs, onto the unit vectors u_k = (cos_k⊗cos_k − sin_k⊗sin_k)/√2 = (√2/p) cos(2πk(a + b)/p) and
/// v_k = (sin_k⊗cos_k + cos_k⊗sin_k)/√2 = (√2/p) sin(2πk(a + b)/p). They see the inputs through s = (a + b) mod p only, so the logits are
/// summed over the inputs of each s once. Sample a·p + b has the label (a + b) mod p. Losses are mean cross-entropies in nats, not a number
/// without samples.
/// </remarks>
public sealed class SumLogits
{
    private readonly int _p;
    private readonly float[] _logits;
    private readonly double[] _sums;
    private readonly double[] _cosines;
    private readonly double[] _sines;

    /// <summary>Copies the logits and sums them.</summary>
    /// <param name="logits">[p², p], row-major: row a·p + b, column class.</param>
    /// <param name="p">At least 2.</param>
    /// <exception cref="ArgumentException">The length is not p³, or p is below 2.</exception>
    public SumLogits(ReadOnlySpan<float> logits, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 2);
        if (logits.Length != (long)p * p * p) throw new ArgumentException($"{logits.Length} logits are not those of {p} x {p} pairs and {p} classes", nameof(logits));
        (_p, _logits, _sums) = (p, logits.ToArray(), new double[p * p]);
        for (var sample = 0; sample < p * p; sample++) DenseVectors.AddScaled(1, LogitsOf(sample), _sums.AsSpan(SumOf(sample) * p, p));
        (_cosines, _sines) = (new double[p], new double[p]);
        for (var j = 0; j < p; j++) (_sines[j], _cosines[j]) = Math.SinCos(2 * Math.PI * j / p);
    }

    /// <summary>For k = 1..⌊(p − 1)/2⌋, at k − 1: the inner product over all p³ logits with cos(2πk(a + b − c)/p) / √(p³/2), of unit norm.</summary>
    public double[] TrigCoefficients()
    {
        var byDifference = new double[_p];
        for (var s = 0; s < _p; s++)
            for (var c = 0; c < _p; c++) byDifference[(s - c + _p) % _p] += _sums[(s * _p) + c];
        var coefficients = new double[(_p - 1) / 2];
        for (var k = 1; k <= coefficients.Length; k++)
        {
            for (var d = 0; d < _p; d++) coefficients[k - 1] += _cosines[k * d % _p] * byDifference[d];
            coefficients[k - 1] *= Math.Sqrt(2.0 / _p) / _p;
        }

        return coefficients;
    }

    /// <summary>The loss of the logits' projection onto the constant and the u_k and v_k of all keys: each class keeps its mean over the inputs.</summary>
    /// <param name="keys">Frequencies, 1..⌊(p − 1)/2⌋; repeated ones count once.</param>
    /// <param name="samples">Indices a·p + b.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key or a sample is out of range.</exception>
    public double RestrictedLoss(IReadOnlyList<int> keys, ReadOnlySpan<int> samples)
    {
        var restricted = Projection(keys);
        var means = new double[_p];
        for (var s = 0; s < _p; s++) DenseVectors.AddScaled(1.0 / (_p * _p), _sums.AsSpan(s * _p, _p), means);
        var losses = new double[_p];
        var row = PaddedRow();
        for (var s = 0; s < _p; s++)
        {
            means.CopyTo(row, 0);
            DenseVectors.AddScaled(1, restricted.AsSpan(s * _p, _p), row);
            losses[s] = CrossEntropy(row, s);
        }

        double total = 0;
        foreach (var sample in samples) total += losses[SumOf(sample)];
        return total / samples.Length;
    }

    /// <summary>The loss of the logits without their projections onto the u_k and v_k of all keys.</summary>
    /// <param name="keys">Frequencies, 1..⌊(p − 1)/2⌋; repeated ones count once.</param>
    /// <param name="samples">Indices a·p + b.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key or a sample is out of range.</exception>
    public double ExcludedLoss(IReadOnlyList<int> keys, ReadOnlySpan<int> samples)
    {
        var excluded = Projection(keys);
        for (var i = 0; i < excluded.Length; i++) excluded[i] = -excluded[i];
        var row = PaddedRow();
        double total = 0;
        foreach (var sample in samples)
        {
            var s = SumOf(sample);
            Array.Copy(excluded, s * _p, row, 0, _p);
            DenseVectors.AddScaled(1, LogitsOf(sample), row);
            total += CrossEntropy(row, s);
        }

        return total / samples.Length;
    }

    /// <summary>The loss of the logits as they are.</summary>
    /// <param name="samples">Indices a·p + b.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sample is out of range.</exception>
    public double Loss(ReadOnlySpan<int> samples) => ExcludedLoss([], samples);

    /// <summary>Σ_k of the logits' projections onto u_k and v_k: [p, p], row s, column class.</summary>
    private double[] Projection(IReadOnlyList<int> keys)
    {
        var projection = new double[_p * _p];
        var (cosine, sine) = (new double[_p], new double[_p]);
        foreach (var k in keys.Distinct())
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(k, 1, nameof(keys));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(k, (_p - 1) / 2, nameof(keys));
            Array.Clear(cosine);
            Array.Clear(sine);
            for (var s = 0; s < _p; s++)
            {
                DenseVectors.AddScaled(_cosines[k * s % _p], _sums.AsSpan(s * _p, _p), cosine);
                DenseVectors.AddScaled(_sines[k * s % _p], _sums.AsSpan(s * _p, _p), sine);
            }

            var scale = 2.0 / (_p * _p);
            for (var s = 0; s < _p; s++)
            {
                DenseVectors.AddScaled(scale * _cosines[k * s % _p], cosine, projection.AsSpan(s * _p, _p));
                DenseVectors.AddScaled(scale * _sines[k * s % _p], sine, projection.AsSpan(s * _p, _p));
            }
        }

        return projection;
    }

    /// <summary>ln Σ_c e^(z_c) − z_label of a padded row.</summary>
    private static double CrossEntropy(ReadOnlySpan<double> row, int label)
    {
        var largest = Vector512.Create(double.NegativeInfinity);
        for (var c = 0; c < row.Length; c += Vector512<double>.Count) largest = Vector512.Max(largest, Vector512.Create(row[c..]));
        var max = largest[0];
        for (var lane = 1; lane < Vector512<double>.Count; lane++) max = Math.Max(max, largest[lane]);
        var sums = Vector512<double>.Zero;
        for (var c = 0; c < row.Length; c += Vector512<double>.Count) sums += Vector512.Exp(Vector512.Create(row[c..]) - Vector512.Create(max));
        return Math.Log(Vector512.Sum(sums)) + max - row[label];
    }

    /// <summary>Room for p logits, and −∞ up to a whole vector.</summary>
    private double[] PaddedRow()
    {
        var row = new double[(_p + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count];
        Array.Fill(row, double.NegativeInfinity);
        return row;
    }

    private ReadOnlySpan<float> LogitsOf(int sample) => _logits.AsSpan(sample * _p, _p);

    private int SumOf(int sample) => ((sample / _p) + (sample % _p)) % _p;
}
