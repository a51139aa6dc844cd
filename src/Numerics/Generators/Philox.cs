namespace Goldilocks.Numerics.Generators;

/// <summary>Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC'11): a bijection of 128-bit counters under a 64-bit key.</summary>
public static class Philox
{
    internal const uint MultiplierA = 0xD2511F53;
    internal const uint MultiplierB = 0xCD9E8D57;
    internal const uint WeylA = 0x9E3779B9;
    internal const uint WeylB = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>The four 32-bit outputs of counter (c0, c1, c2, c3) under key (k0, k1); word 0 is the least significant.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var a = (ulong)MultiplierA * c0;
            var b = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }

        return (c0, c1, c2, c3);
    }
}
