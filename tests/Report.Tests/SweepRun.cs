using System.Security.Cryptography;
using System.Text;

namespace Goldilocks.Report.Tests;

/// <summary>A made-up run of a sweep.</summary>
internal sealed record SweepRun(double DecoderLr, double DecoderWeightDecay, long Seed = 0)
{
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{DecoderLr:R} {DecoderWeightDecay:R} {EmbeddingLr:R} {Loss} {Seed}")));

    public double EmbeddingLr { get; init; } = 1e-3;

    public string Loss { get; init; } = "mse";

    public string Recipe { get; init; } = "toy-addition";

    public string Phase { get; init; } = "confusion";

    public long? TrainStep { get; init; }

    public long? ValidationStep { get; init; }

    public double? Ideal { get; init; } = 1;

    public long Steps { get; init; } = 10_000;

    /// <summary>A run whose phase follows from its steps, with a gap of 1000.</summary>
    public SweepRun At(long? train, long? validation) => this with
    {
        TrainStep = train,
        ValidationStep = validation,
        Phase = (train, validation) switch
        {
            ({ } t, { } v) => v - t < 1000 ? "comprehension" : "grokking",
            ({ }, null) => "memorization",
            (null, null) => "confusion",
            _ => "undefined",
        },
    };

    /// <summary>A map as the paper's looks: 16 learning rates, 11 weight decays.</summary>
    public static IReadOnlyList<SweepRun> Map(int seeds = 1)
    {
        var runs = new List<SweepRun>();
        for (var seed = 0; seed < seeds; seed++)
        {
            for (var row = 0; row < 11; row++)
            {
                for (var column = 0; column < 16; column++)
                {
                    var rate = Math.Pow(10, -5 + (column / 5.0));
                    var wobble = Math.Sin((3.7 * column) + (1.9 * row) + (2.3 * seed));
                    var strength = (column * (row + 1.5) / 12) + wobble;
                    var train = 3e-1 / rate * (1 + (0.2 * wobble));
                    var ratio = column < 8 ? 0.9 + (0.1 * row) : 1 + Math.Pow(10, 1.7 - (0.25 * row) + (0.3 * wobble));
                    var able = seed % 3 != 1;
                    long? trained = train > 9500 || strength > 9 ? null : (long)train;
                    long? understood = train > 9500 || strength > 8.5 || !able || train * ratio > 10_000 ? null : (long)(train * ratio);
                    runs.Add((new SweepRun(rate, 2 * row, seed) { Ideal = able ? 1 : 0.9455 - (0.02 * seed) }).At(trained, understood));
                }
            }
        }

        return runs;
    }
}
