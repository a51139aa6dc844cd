namespace Goldilocks.Report.Tests;

/// <summary>A made-up run whose measures are ramps over u = log2(step + 1), so that half-way steps are powers of two.</summary>
internal sealed record RivalSample(long Seed, double WeightDecay)
{
    /// <summary>u = 0 to 10.</summary>
    public static IReadOnlyList<long> Checkpoints { get; } = [.. Enumerable.Range(0, 11).Select(u => (1L << u) - 1)];

    public string Id => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Seed} {WeightDecay}")));

    public string Recipe { get; init; } = "modular-mlp";

    /// <summary>u of memorisation; null: never.</summary>
    public int? Memorised { get; init; } = 2;

    /// <summary>u of the middle of the validation accuracy's rise, from one before to one after; null: it stays at 0.</summary>
    public int? Middle { get; init; } = 7;

    /// <summary>How many u before it the middle of the restricted loss's fall lies.</summary>
    public int Ahead { get; init; } = 2;

    public long? TrainStep => Memorised is { } u ? Checkpoints[u] : null;

    /// <summary>At the end of its rise.</summary>
    public long? ValidationStep => Middle is { } u ? Checkpoints[u + 1] : null;

    /// <summary>The measures at a checkpoint.</summary>
    public IEnumerable<(string Column, double Value)> At(int u) =>
    [
        ("train_accuracy", u >= Memorised ? 1 : 0.1), ("validation_accuracy", Middle is { } middle ? Ramp(u, middle - 1, middle + 1) : 0),
        ("restricted_loss", Middle is { } fall ? 4 - (3 * Ramp(u, fall - Ahead - 1, fall - Ahead + 1)) : 4),
        // Up to u = 3 it grows, then it falls, the middle at u = 6.
        ("weight_norm", u <= 3 ? 10 + (10 * Ramp(u, 0, 3)) : 20 - (16 * Ramp(u, 3, 9))),
        ("rqi", 0), ("nullity", 2),
    ];

    private static double Ramp(double u, double from, double to) => Math.Clamp((u - from) / (to - from), 0, 1);
}
