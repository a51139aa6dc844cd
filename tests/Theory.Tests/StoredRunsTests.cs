namespace Goldilocks.Theory.Tests;

/// <summary>The 33 stored toy runs of Fig 3 and Fig 4(b): what their training sets imply, from the replayed splits.</summary>
public class StoredRunsTests
{
    [Theory]
    [InlineData(5, 0, 0.0909, 9, 1, 0.000)]
    [InlineData(5, 1, 0.0909, 8, 3, 0.000)]
    [InlineData(5, 2, 0.0909, 10, 0, 0.000)]
    [InlineData(10, 0, 0.1818, 8, 3, 0.000)]
    [InlineData(10, 1, 0.1818, 7, 4, 0.000)]
    [InlineData(10, 2, 0.1818, 9, 1, 0.000)]
    [InlineData(15, 0, 0.3273, 6, 5, 0.000)]
    [InlineData(15, 1, 0.3091, 5, 7, 0.000)]
    [InlineData(15, 2, 0.2909, 7, 3, 0.000)]
    [InlineData(20, 0, 0.4364, 4, 7, 0.000)]
    [InlineData(20, 1, 0.5455, 4, 8, 0.000)]
    [InlineData(20, 2, 0.5818, 3, 10, 0.000)]
    [InlineData(25, 0, 0.8364, 2, 13, 0.278)]
    [InlineData(25, 1, 0.7273, 3, 13, 0.000)]
    [InlineData(25, 2, 0.9091, 2, 15, 1.466)]
    [InlineData(30, 0, 0.9091, 2, 19, 1.306)]
    [InlineData(30, 1, 0.9636, 2, 16, 0.867)]
    [InlineData(30, 2, 0.9273, 2, 24, 3.090)]
    [InlineData(35, 0, 0.9091, 2, 32, 6.841)]
    [InlineData(35, 1, 1.0000, 2, 24, 1.311)]
    [InlineData(35, 2, 0.9818, 2, 29, 3.687)]
    [InlineData(40, 0, 0.9091, 2, 40, 10.862)]
    [InlineData(40, 1, 1.0000, 2, 33, 3.529)]
    [InlineData(40, 2, 1.0000, 2, 36, 5.635)]
    [InlineData(45, 0, 0.9091, 2, 50, 15.547)]
    [InlineData(45, 1, 1.0000, 2, 43, 10.048)]
    [InlineData(45, 2, 1.0000, 2, 46, 13.296)]
    [InlineData(50, 0, 0.9818, 2, 59, 19.482)]
    [InlineData(50, 1, 1.0000, 2, 56, 23.201)]
    [InlineData(50, 2, 1.0000, 2, 58, 16.556)]
    [InlineData(54, 0, 1.0000, 2, 68, 28.643)]
    [InlineData(54, 1, 1.0000, 2, 68, 27.051)]
    [InlineData(54, 2, 1.0000, 2, 67, 28.493)]
    public void Ideal_accuracy_nullity_parallelograms_and_third_eigenvalue(int train, uint seed, double ideal, int nullity, int permissible, double eigenvalue)
    {
        var split = Split.ToyReference(Fixtures.Addition10.Samples, train, seed);
        var structure = new TrainingStructure(Fixtures.Addition10, split);
        Assert.Equal(ideal, structure.IdealAccuracy, 5e-5);
        Assert.Equal(nullity, structure.Nullity);
        Assert.Equal(permissible, structure.PermissibleParallelograms);
        Assert.Equal(eigenvalue, EffectiveTheory.OfTraining(Fixtures.Addition10, split, Convention.Reference).Lambda3, 5e-4);
    }
}
