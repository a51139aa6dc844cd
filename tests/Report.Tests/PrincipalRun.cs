namespace Goldilocks.Report.Tests;

/// <summary>A made-up run whose embedding is a circle in the plane of its first two final components, first hidden by another, at the end alone.</summary>
internal sealed record PrincipalRun(long Seed)
{
    /// <summary>Steps of its checkpoints.</summary>
    public static IReadOnlyList<long> Checkpoints { get; } = [0, 10, 100, 300, 1000];

    public string Id => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Recipe} {Seed} {WeightDecay}")));

    public string Recipe { get; init; } = "transformer";

    public string Convention { get; init; } = "paper";

    public double WeightDecay { get; init; } = 1;

    public int Symbols { get; init; } = 11;

    /// <summary>Frequency of the circle at the end.</summary>
    public int Frequency { get; init; } = 3;

    public long? TrainStep { get; init; } = 80;

    public long? ValidationStep { get; init; } = 250;

    public int Components { get; init; } = 2;

    /// <summary>Whether accuracies with reduced embeddings were measured.</summary>
    public bool IsReduced { get; init; } = true;

    /// <summary>Share of the first two final components' variance in the circle, by checkpoint.</summary>
    public static double CircleShare(long step) => 0.4 + (0.6 * step / 1000.0);

    /// <summary>A coordinate on the final axes: the circle, and a part of frequency 1 or 2 for the rest of the variance.</summary>
    public double Value(long step, int symbol, int component)
    {
        double At(int frequency)
        {
            var angle = 2 * Math.PI * (frequency * symbol % Symbols) / Symbols;
            return component == 1 ? Math.Cos(angle) : Math.Sin(angle);
        }

        return (Math.Sqrt(CircleShare(step)) * At(Frequency)) + (Math.Sqrt(1 - CircleShare(step)) * At(Frequency == 1 ? 2 : 1));
    }
}
