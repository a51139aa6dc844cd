namespace Goldilocks.Theory;

/// <summary>AᵀA of the parallelograms among chosen pairs, without visiting a parallelogram.</summary>
internal static class GramMatrix
{
    /// <summary>
    /// With v_s the indicator of pair s, a class of n pairs adds Σ_{s&lt;t} (v_s - v_t)(v_s - v_t)ᵀ = n Σ v_s v_sᵀ - (Σ v_s)(Σ v_s)ᵀ.
    /// </summary>
    /// <returns>[P, P], row-major; exact integers.</returns>
    public static double[] Of(ParallelogramSet all, ReadOnlySpan<bool> chosen)
    {
        var p = all.Samples.Symbols;
        var gram = new double[p * p];
        var sum = new double[p];
        for (var c = 0; c < all.Samples.Classes; c++)
        {
            var members = 0;
            Array.Clear(sum);
            for (var s = all.ClassStart[c]; s < all.ClassStart[c + 1]; s++)
            {
                if (!chosen[s]) continue;
                members++;
                sum[all.First[s]]++;
                sum[all.Second[s]]++;
            }

            for (var s = all.ClassStart[c]; s < all.ClassStart[c + 1]; s++)
            {
                if (!chosen[s]) continue;
                var (a, b) = (all.First[s], all.Second[s]);
                gram[(a * p) + a] += members;
                gram[(b * p) + b] += members;
                gram[(a * p) + b] += members;
                gram[(b * p) + a] += members;
            }

            for (var i = 0; i < p; i++)
            {
                if (sum[i] == 0) continue;
                for (var j = 0; j < p; j++) gram[(i * p) + j] -= sum[i] * sum[j];
            }
        }

        return gram;
    }
}
