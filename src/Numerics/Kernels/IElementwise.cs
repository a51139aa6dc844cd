namespace Goldilocks.Numerics;

/// <summary>A function of up to three values, applied lane by lane.</summary>
internal interface IElementwise
{
    /// <param name="x">First operand.</param>
    /// <param name="y">Second operand.</param>
    /// <param name="z">What the destination held.</param>
    static abstract V Apply<V>(V x, V y, V z)
        where V : unmanaged, ISimd<V>;
}
