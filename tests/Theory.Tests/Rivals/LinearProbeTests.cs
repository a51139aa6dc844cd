using Goldilocks.Numerics.Generators;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Goldilocks.Theory.Tests;

public class LinearProbeTests
{
    [Theory]
    [InlineData(37, 5, 3, 1e-3)]
    [InlineData(120, 21, 7, 0.5)]
    [InlineData(60, 50, 4, 1e-2)]
    public void Accuracy_is_that_of_an_augmented_least_squares_problem(int samples, int columns, int classes, double ridge)
    {
        var random = new CounterRandom(16, RandomStream.MonteCarlo);
        var labels = Enumerable.Range(0, samples).Select(_ => random.NextInt32(classes)).ToArray();
        var features = Fixtures.Noise(samples * columns, random);
        for (var i = 0; i < samples; i++) features[(i * columns) + (labels[i] % columns)] += 1.5f;
        int[] train = [.. Enumerable.Range(0, samples).Where(i => i % 3 != 0)], test = [.. Enumerable.Range(0, samples).Where(i => i % 3 == 0)];

        // Rows of √λ for the weights, none for the intercept; solved by QR.
        var means = Enumerable.Range(0, columns).Select(j => train.Average(i => (double)features[(i * columns) + j])).ToArray();
        var spread = train.Sum(i => Enumerable.Range(0, columns).Sum(j => Math.Pow(features[(i * columns) + j] - means[j], 2)));
        var root = Math.Sqrt(ridge * spread / columns);
        var design = DenseMatrix.Create(
            train.Length + columns, columns + 1,
            (r, c) => r >= train.Length ? (r - train.Length == c ? root : 0) : c == columns ? 1 : features[(train[r] * columns) + c]);
        var targets = DenseMatrix.Create(train.Length + columns, classes, (r, c) => r < train.Length && labels[train[r]] == c ? 1 : 0);
        var solution = design.QR().Solve(targets);
        var scores = DenseMatrix.Create(test.Length, columns + 1, (r, c) => c == columns ? 1 : features[(test[r] * columns) + c]) * solution;
        var expected = Enumerable.Range(0, test.Length).Average(r => scores.Row(r).MaximumIndex() == labels[test[r]] ? 1.0 : 0);

        Assert.Equal(expected, LinearProbe.Accuracy(features, columns, labels, classes, train, test, ridge), 1e-12);
        Assert.InRange(expected, 0.3, 1);
    }

    [Fact]
    public void Separable_features_are_read_completely_and_unrelated_ones_at_chance()
    {
        const int samples = 2000, classes = 5, columns = 20;
        var random = new CounterRandom(17, RandomStream.MonteCarlo);
        var labels = Enumerable.Range(0, samples).Select(_ => random.NextInt32(classes)).ToArray();
        var (related, unrelated) = (Fixtures.Noise(samples * columns, random), Fixtures.Noise(samples * columns, random));
        for (var i = 0; i < samples; i++) related[(i * columns) + labels[i]] += 100;
        int[] train = [.. Enumerable.Range(0, samples / 2)], test = [.. Enumerable.Range(samples / 2, samples / 2)];
        Assert.Equal(1, LinearProbe.Accuracy(related, columns, labels, classes, train, test));
        Assert.Equal(0.2, LinearProbe.Accuracy(unrelated, columns, labels, classes, train, test), 0.05);
    }

    [Fact]
    public void Constant_features_leave_the_commonest_class()
    {
        int[] labels = [2, 2, 1, 0, 2, 1];
        Assert.Equal(1.0 / 3, LinearProbe.Accuracy(Enumerable.Repeat(0.1f, 12).ToArray(), 2, labels, 3, [0, 1, 2], [3, 4, 5]), 1e-12);
    }

    [Fact]
    public void Nothing_is_read_without_samples_or_from_what_is_no_number()
    {
        int[] labels = [0, 1];
        Assert.True(double.IsNaN(LinearProbe.Accuracy([1, 2], 1, labels, 2, [0, 1], [])));
        Assert.True(double.IsNaN(LinearProbe.Accuracy([1, 2], 1, labels, 2, [], [0])));
        Assert.True(double.IsNaN(LinearProbe.Accuracy([1, float.NaN], 1, labels, 2, [0, 1], [0])));
        Assert.Throws<ArgumentException>(() => LinearProbe.Accuracy([1, 2, 3], 1, labels, 2, [0], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearProbe.Accuracy([1, 2], 1, labels, 2, [0], [1], ridge: 0));
    }
}
