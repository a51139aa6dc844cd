namespace Goldilocks.Numerics.Generators;

/// <summary>
/// What a counter-based draw is for. Draws of one purpose never move those of another. The numbers are part of every
/// result's identity: never renumber, only add.
/// </summary>
public enum RandomStream
{
    /// <summary>Initial embedding.</summary>
    Embedding = 1,

    /// <summary>Initial weights and biases of the decoder.</summary>
    Decoder = 2,

    /// <summary>Fixed random target vectors of a regression task.</summary>
    Targets = 3,

    /// <summary>Which samples are trained on.</summary>
    Split = 4,

    /// <summary>Mini-batches, step by step.</summary>
    Batches = 5,

    /// <summary>Monte Carlo estimates of the theory.</summary>
    MonteCarlo = 6,

    /// <summary>Which activations dropout sets to zero.</summary>
    Dropout = 7,
}
