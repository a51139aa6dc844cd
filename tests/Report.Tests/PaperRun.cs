namespace Goldilocks.Report.Tests;

/// <summary>A made-up run behind a figure of the paper.</summary>
internal sealed record PaperRun(long TrainSamples, long Seed)
{
    public string Id => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{TrainSamples} {Seed} {Operation} {DecoderWeightDecay}")));

    public string Recipe { get; init; } = "toy-addition";

    public string Convention { get; init; } = "reference";

    public string Operation { get; init; } = "add";

    public double DecoderWeightDecay { get; init; }

    public long Symbols { get; init; } = 10;

    public long Samples { get; init; } = 55;

    public int Dimension { get; init; } = 1;

    public long Steps { get; init; } = 5000;

    /// <summary>Recorded steps of the embedding.</summary>
    public int Recorded { get; init; } = 21;

    public long? ValidationStep { get; init; }

    public long? RqiStep { get; init; }

    public double RqiThreshold { get; init; } = 0.95;

    public double Accuracy { get; init; } = 0.5;

    public double Predicted { get; init; } = 0.5;

    public double Ideal { get; init; } = 1;

    /// <summary>RQI at the end, and circularity: how much structure there is.</summary>
    public double Structure { get; init; } = 0.5;

    public long Nullity { get; init; } = 2;

    public long Parallelograms { get; init; } = 40;

    public double? ExpectedPaper { get; init; }

    public double? ExpectedReference { get; init; }

    /// <summary>Symbols in a row, or on a circle in two dimensions.</summary>
    public bool IsOrganised => RqiStep is not null || DecoderWeightDecay > 0;

    /// <summary>Embedding value at a share of the training.</summary>
    public double Value(int symbol, int dimension, double progress)
    {
        var angle = 2 * Math.PI * 3 * symbol / Symbols;
        var target = Dimension == 1 ? (2.0 * symbol / (Symbols - 1)) - 1
            : Operation == "add" ? ((2.0 * symbol / (Symbols - 1)) - 1) * (dimension == 0 ? 1 : 0.6)
            : dimension == 0 ? Math.Cos(angle) : Math.Sin(angle);
        var random = Math.Sin((7.3 * (symbol + 1)) + (3.1 * dimension) + Seed);
        var order = IsOrganised ? Math.Min(1, 4 * progress) : 0.1;
        return (order * target) + ((1 - order) * random);
    }
}
