namespace Goldilocks.Theory;

/// <summary>Which tables the theory stage makes; whatever is 0 or false is left out.</summary>
public sealed record TheoryOptions
{
    /// <summary>Number of symbols, 3..64, of <see cref="CriticalDraws"/> and <see cref="RateDraws"/>.</summary>
    public int Symbols { get; init; } = 10;

    /// <summary>Seed of the random training sets.</summary>
    public long Seed { get; init; }

    /// <summary>Random training sets per size for the probability of a unique linear structure (Fig 4 a).</summary>
    public int CriticalDraws { get; init; }

    /// <summary>Random training sets per size for the distribution of λ3 (Fig 5 a).</summary>
    public int RateDraws { get; init; }

    /// <summary>Trajectories of the effective theory from the embedding of the trained run that recorded most (Fig 4 c).</summary>
    public bool Trajectories { get; init; }

    /// <summary>The authors' stored runs beside ours (Fig 3, Fig 4 b).</summary>
    public bool StoredRuns { get; init; }
}
