namespace Goldilocks.Numerics.LinearAlgebra;

/// <summary>The primes below 2^31, largest first: moduli whose products of residues fit 64 bits.</summary>
internal static class WordPrimes
{
    /// <summary>Every modulus exceeds 2^30.99 as long as fewer than hundreds of thousands are asked for.</summary>
    public const double BitsEach = 30.99;

    private static uint[] Known = [int.MaxValue];

    /// <summary>The <paramref name="count"/> largest.</summary>
    public static ReadOnlySpan<uint> Largest(int count)
    {
        var primes = Known;
        if (primes.Length < count)
        {
            var grown = new List<uint>(primes);
            for (var candidate = grown[^1] - 2; grown.Count < count; candidate -= 2)
            {
                if (IsPrime(candidate)) grown.Add(candidate);
            }

            // Racing threads compute the same list; whichever is published last is as good.
            Known = primes = [.. grown];
        }

        return primes.AsSpan(0, count);
    }

    private static bool IsPrime(uint odd)
    {
        for (var divisor = 3u; (ulong)divisor * divisor <= odd; divisor += 2)
        {
            if (odd % divisor == 0) return false;
        }

        return true;
    }
}
