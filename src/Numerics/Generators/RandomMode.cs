namespace Goldilocks.Numerics.Generators;

/// <summary>Which generators a run draws from (<c>rng</c> in configurations).</summary>
public enum RandomMode
{
    /// <summary><see cref="CounterRandom"/>: independent streams by purpose. The default.</summary>
    Counter,

    /// <summary>MT19937 as NumPy and PyTorch use it, in the reference code's draw order: for replays seed by seed.</summary>
    Reference,
}
