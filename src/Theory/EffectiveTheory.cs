using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory;

/// <summary>
/// The effective loss ℓ_eff = ℓ0/Z0 over a set of parallelograms (eq. 5), its Hessian and time scales (eq. 8 ff.).
/// </summary>
/// <remarks>
/// ℓ0 = Σ|Ẽ_i+Ẽ_j-Ẽ_m-Ẽ_n|² is divided by the number of parallelograms by the paper's convention and not by the reference code's.
/// With G = AᵀA: ℓ0 = Ẽᵀ G Ẽ · weight and H = 2 · weight · G / Z0.
/// </remarks>
public sealed class EffectiveTheory
{
    private EffectiveTheory(double[] gram, int symbols, int nullity, long parallelograms, Convention convention)
    {
        Gram = gram;
        Symbols = symbols;
        Nullity = nullity;
        Parallelograms = parallelograms;
        Convention = convention;
        Weight = convention == Convention.Paper ? 1.0 / Math.Max(1, parallelograms) : 1;
        Eigen = SymmetricEigen.Of(gram, symbols);

        // The exact nullity says how many eigenvalues vanish; rounding does not.
        Eigen.Values.AsSpan(0, nullity).Clear();
    }

    /// <summary>P.</summary>
    public int Symbols { get; }

    /// <summary>Nullity of the equations, exact.</summary>
    public int Nullity { get; }

    /// <summary>Number of equations summed over.</summary>
    public long Parallelograms { get; }

    /// <summary>Whose definitions are in force.</summary>
    public Convention Convention { get; }

    /// <summary>G = AᵀA [P, P], row-major; integers.</summary>
    public double[] Gram { get; }

    /// <summary>Eigenvalues of AᵀA, ascending; as many exact zeros as the nullity.</summary>
    public ReadOnlySpan<double> GramSpectrum => Eigen.Values;

    /// <summary>
    /// λ3 as the convention defines it: the third smallest eigenvalue of H for a normalised one-dimensional embedding (paper), or
    /// of AᵀA (reference). Zero when the linear structure is not unique.
    /// </summary>
    public double Lambda3 => Convention == Convention.Paper ? Rate : Eigen.Values[Math.Min(2, Symbols - 1)];

    /// <summary>The third smallest eigenvalue of H in this convention: the slowest rate towards the linear structure, per unit of time.</summary>
    public double Rate => Symbols < 3 ? 0 : HessianFactor(NormalisedEmbedding.SquaredNorm(Symbols, 1, Convention)) * Eigen.Values[2];

    /// <summary>t_h = 1/<see cref="Rate"/>; null when the rate is zero.</summary>
    public double? RelaxationTime => Rate > 0 ? 1 / Rate : null;

    /// <summary>1/|P| or 1: the factor before the sum of ℓ0.</summary>
    internal double Weight { get; }

    internal SymmetricEigen Eigen { get; }

    /// <summary>Over P0(D), the parallelograms among the training samples.</summary>
    /// <exception cref="ArgumentException">The split belongs to another dataset.</exception>
    public static EffectiveTheory OfTraining(ParallelogramSet all, Split split, Convention convention)
    {
        var structure = new TrainingStructure(all, split);
        return new EffectiveTheory(
            GramMatrix.Of(all, all.Trained(split.Train)), all.Samples.Symbols, structure.Nullity, structure.PermissibleParallelograms, convention);
    }

    /// <summary>Over all of P0, as the reference code's trajectories do.</summary>
    public static EffectiveTheory OfAll(ParallelogramSet all, Convention convention)
    {
        var everything = new int[all.Samples.Count];
        for (var s = 0; s < everything.Length; s++) everything[s] = s;
        return OfTraining(all, Split.Of(all.Samples, everything), convention);
    }

    /// <summary>n_h = 1/(rate · η), the steps of one relaxation time; null when the rate is zero. Trajectories need about three.</summary>
    /// <param name="learningRate">η of the embedding, the time per step.</param>
    public double? StepsPerRelaxation(double learningRate) => RelaxationTime / learningRate;

    /// <summary>ℓ0 of a representation (eq. 5).</summary>
    /// <param name="embedding">Ẽ [P, D], row-major, already normalised.</param>
    /// <exception cref="ArgumentException">The length is no multiple of P.</exception>
    public double Loss(ReadOnlySpan<double> embedding)
    {
        var product = new double[embedding.Length];
        Apply(embedding, product);
        double sum = 0;
        for (var k = 0; k < product.Length; k++) sum += embedding[k] * product[k];
        return sum * Weight;
    }

    /// <summary>H (eq. 8) [P, P], row-major, for a given Z0.</summary>
    public double[] Hessian(double squaredNorm)
    {
        var factor = HessianFactor(squaredNorm);
        return Array.ConvertAll(Gram, entry => entry * factor);
    }

    /// <summary>H = factor · G.</summary>
    internal double HessianFactor(double squaredNorm) => 2 * Weight / squaredNorm;

    /// <summary>result = G · embedding, dimension by dimension.</summary>
    internal void Apply(ReadOnlySpan<double> embedding, Span<double> result)
    {
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, Symbols);
        for (var i = 0; i < Symbols; i++)
        {
            for (var d = 0; d < dimension; d++)
            {
                double sum = 0;
                for (var k = 0; k < Symbols; k++) sum += Gram[(i * Symbols) + k] * embedding[(k * dimension) + d];
                result[(i * dimension) + d] = sum;
            }
        }
    }
}
