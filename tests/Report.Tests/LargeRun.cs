using System.Security.Cryptography;
using System.Text;

namespace Goldilocks.Report.Tests;

/// <summary>A made-up run of the recipes transformer, modular-mlp or mnist.</summary>
internal sealed record LargeRun(string Recipe, long Seed = 0)
{
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Recipe} {Seed} {Symbols} {Dropout:R} {DecoderLr:R} {WeightDecay:R} {TrainImages} {Recorded}")));

    public long Symbols { get; init; } = 31;

    public int Dimension { get; init; } = 128;

    public double Dropout { get; init; }

    public double DecoderLr { get; init; } = 1e-3;

    /// <summary>Of the decoder alone where the embedding has its own.</summary>
    public double WeightDecay { get; init; } = 0.1;

    public long TrainImages { get; init; } = 1000;

    /// <summary>Whether curves were recorded between the first and the last step.</summary>
    public bool Recorded { get; init; } = true;

    public long Steps { get; init; } = 20_000;

    public long? TrainStep { get; init; } = 1500;

    public long? ValidationStep { get; init; } = 4000;

    /// <summary>Null for a task without parallelograms.</summary>
    public double? Rqi { get; init; }

    public string Phase => (TrainStep, ValidationStep) switch
    {
        ({ } train, { } validation) => validation - train < 1000 ? "comprehension" : "grokking",
        ({ }, null) => "memorization",
        (null, null) => "confusion",
        _ => "undefined",
    };

    public IEnumerable<long> RecordedSteps => Recorded ? ((long[])[0, 1, 10, 100, 500, 1000, 1500, 2000, 4000, 8000, Steps]).Where(step => step <= Steps).Distinct() : [0, Steps];

    /// <summary>10 at the start, 12 at step 4000, 6 at step 20,000, and one more for each seed.</summary>
    public double DimensionAt(long step) => 10 + Seed + (step <= 4000 ? step / 2000.0 : 2 - ((step - 4000) * 6 / 16_000.0));
}
