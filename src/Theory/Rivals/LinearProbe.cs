using Goldilocks.Numerics;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Goldilocks.Theory;

/// <summary>What a linear classifier reads from hidden activations that the network itself may not use.</summary>
public static unsafe class LinearProbe
{
    /// <summary>
    /// Accuracy on the test samples of the arg max of a ridge regression to one-hot labels, fitted to the training samples: weights
    /// (XᵀX + λI)⁻¹XᵀY of the features centred on the training mean, λ = ridge · tr(XᵀX)/columns, and an intercept that is not penalised.
    /// </summary>
    /// <remarks>The weights are found in double precision and applied in single; the first class among equals is predicted.</remarks>
    /// <param name="features">[samples, columns], row-major.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="labels">[samples], each 0..classes−1.</param>
    /// <param name="classes">At least 1.</param>
    /// <param name="train">Indices of samples.</param>
    /// <param name="test">Indices of samples.</param>
    /// <param name="ridge">Relative to the mean diagonal of XᵀX; positive.</param>
    /// <returns>0..1; not a number when there are no training or no test samples, or the training features are not finite.</returns>
    /// <exception cref="ArgumentException">Lengths do not match, or a number or an index is out of range.</exception>
    public static double Accuracy(
        ReadOnlySpan<float> features, int columns, ReadOnlySpan<int> labels, int classes, ReadOnlySpan<int> train, ReadOnlySpan<int> test, double ridge = 1e-3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        if (features.Length != (long)labels.Length * columns)
            throw new ArgumentException($"{features.Length} features are not {columns} of {labels.Length} samples each", nameof(features));
        if (train.IsEmpty || test.IsEmpty) return double.NaN;

        var means = new double[columns];
        foreach (var sample in train) DenseVectors.AddScaled(1.0 / train.Length, features.Slice(sample * columns, columns), means);
        var centred = new double[train.Length * columns];
        for (var i = 0; i < train.Length; i++) Centre(features.Slice(train[i] * columns, columns), means, centred.AsSpan(i * columns, columns));
        var normal = NormalMatrix.Of(centred, columns);
        double trace = 0;
        for (var j = 0; j < columns; j++) trace += normal[(j * columns) + j];
        if (!double.IsFinite(trace)) return double.NaN;

        // Constant features have weight 0 under any penalty.
        var penalty = trace > 0 ? ridge * trace / columns : 1;
        for (var j = 0; j < columns; j++) normal[(j * columns) + j] += penalty;

        // The features are centred, so the one-hot labels need not be. MathNet's columns are the classes.
        var (right, prior) = (new double[classes * columns], new double[classes]);
        for (var i = 0; i < train.Length; i++)
        {
            var label = labels[train[i]];
            prior[label] += 1.0 / train.Length;
            DenseVectors.AddScaled(1, centred.AsSpan(i * columns, columns), right.AsSpan(label * columns, columns));
        }

        var weights = ((DenseMatrix)new DenseMatrix(columns, columns, normal).Cholesky().Solve(new DenseMatrix(columns, classes, right))).Values;
        return Score(features, means, labels, test, weights, prior);
    }

    /// <summary>Share of the test samples whose largest score is their label's.</summary>
    /// <param name="features">[samples, columns].</param>
    /// <param name="means">[columns].</param>
    /// <param name="labels">[samples].</param>
    /// <param name="test">Indices of samples.</param>
    /// <param name="weights">[classes, columns].</param>
    /// <param name="prior">[classes].</param>
    private static double Score(
        ReadOnlySpan<float> features, double[] means, ReadOnlySpan<int> labels, ReadOnlySpan<int> test, double[] weights, double[] prior)
    {
        var (columns, classes) = (means.Length, prior.Length);
        var (inner, outer) = (Layout.Pad(columns), Layout.Pad(classes));
        var (inputs, scores) = (new float[test.Length * inner], new float[test.Length * outer]);
        var (matrix, bias) = (new float[classes * inner], new float[outer]);
        for (var i = 0; i < test.Length; i++)
            for (var j = 0; j < columns; j++) inputs[(i * inner) + j] = (float)(features[(test[i] * columns) + j] - means[j]);
        for (var c = 0; c < classes; c++)
        {
            bias[c] = (float)prior[c];
            for (var j = 0; j < columns; j++) matrix[(c * inner) + j] = (float)weights[(c * columns) + j];
        }

        var product = new Gemm(test.Length, classes, columns, false, true, inner, inner, outer, GemmStart.Bias);
        var correct = 0;
        fixed (float* a = inputs, b = matrix, c = scores, start = bias, scratch = new float[product.ScratchFloats])
        {
            product.Run(a, b, c, start, scratch);
            for (var i = 0; i < test.Length; i++)
                if (Reductions.ArgMax(c + ((long)i * outer), classes) == labels[test[i]]) correct++;
        }

        return (double)correct / test.Length;
    }

    private static void Centre(ReadOnlySpan<float> row, double[] means, Span<double> destination)
    {
        for (var j = 0; j < row.Length; j++) destination[j] = row[j] - means[j];
    }
}
