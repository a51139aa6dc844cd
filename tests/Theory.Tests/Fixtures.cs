using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

internal static class Fixtures
{
    public static readonly ParallelogramSet Addition10 = new(SampleSet.Addition(10));

    /// <summary>E0 of the reference run with seed 58.</summary>
    public static readonly float[] Seed58Start =
    [
        -0.032972157f, -0.144132614f, 0.00871413946f, -0.311094701f, 0.491448283f, -0.0999209285f, -0.140752614f, -0.44361949f, -0.12903446f, 0.154184401f,
    ];

    /// <summary>The same embedding after the first optimiser step, as PyTorch computed it.</summary>
    public static readonly float[] Seed58AfterOneStep =
    [
        -0.03197215870022774f, -0.14313261210918427f, 0.009714135900139809f, -0.3100947141647339f, 0.49244827032089233f,
        -0.09892093390226364f, -0.14175260066986084f, -0.44461947679519653f, -0.1300344616174698f, 0.15318439900875092f,
    ];

    public static float[] Line(int symbols, int dimension, CounterRandom random)
    {
        var embedding = new float[symbols * dimension];
        for (var d = 0; d < dimension; d++)
        {
            var (origin, slope) = (random.NextNormal(), random.NextNormal());
            for (var k = 0; k < symbols; k++) embedding[(k * dimension) + d] = (float)(origin + (slope * k));
        }

        return embedding;
    }

    public static float[] Noise(int length, CounterRandom random)
    {
        var embedding = new float[length];
        for (var k = 0; k < length; k++) embedding[k] = (float)random.NextNormal();
        return embedding;
    }
}
