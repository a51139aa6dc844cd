namespace Goldilocks.Report.Tests;

/// <summary>A made-up run: its row, and curves that reach their thresholds where the row says so.</summary>
internal sealed record SampleRun
{
    /// <summary>The settings of the published run; its losses are entered at the published steps.</summary>
    public static SampleRun Published { get; } = new() { Seed = 58, Rng = "reference", Convention = "reference", Losses = { [0] = 0.98126626, [1000] = 0.43041229, [2000] = 0.10177837, [3000] = 0.02234236 } };

    public string Id => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Recipe} {Seed} {Phase}")));

    public string Recipe { get; init; } = "toy-addition";

    public long Seed { get; init; }

    public string Rng { get; init; } = "counter";

    public string Convention { get; init; } = "paper";

    public string Loss { get; init; } = "mse";

    public int Symbols { get; init; } = 10;

    public int Dimension { get; init; } = 1;

    public long TrainSamples { get; init; } = 45;

    public string Phase { get; init; } = "comprehension";

    public long? TrainStep { get; init; } = 1130;

    public long? ValidationStep { get; init; } = 1530;

    public long? RqiStep { get; init; } = 800;

    public long Steps { get; init; } = 5000;

    /// <summary>False when every pair is in the training set.</summary>
    public bool Validates { get; init; } = true;

    /// <summary>Training losses at particular steps.</summary>
    public SortedDictionary<long, double> Losses { get; init; } = [];

    /// <summary>Training losses become NaN after half of the steps.</summary>
    public bool Diverges { get; init; }

    /// <summary>Recorded steps: every hundredth of the run and those of <see cref="Losses"/>.</summary>
    public IEnumerable<long> Recorded => Enumerable.Range(0, 101).Select(i => i * Steps / 100).Concat(Losses.Keys).Distinct().Order();
}
