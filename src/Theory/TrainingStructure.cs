using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory;

/// <summary>
/// What a training set implies about the representation before any training (§3.1-3.2, appendices D and E). All ranks are exact.
/// </summary>
public sealed class TrainingStructure
{
    /// <summary>Up to this many symbols the ranks, about P⁴ operations, are cheap enough to be taken in passing.</summary>
    public const int LargestSymbols = 256;

    private readonly ParallelogramSet _all;
    private readonly bool[] _determined;

    /// <summary>Analyses the training samples of <paramref name="split"/>.</summary>
    /// <exception cref="ArgumentException">The split belongs to another dataset.</exception>
    public TrainingStructure(ParallelogramSet all, Split split)
    {
        if (split.Samples != all.Samples) throw new ArgumentException("the split belongs to another dataset", nameof(split));
        _all = all;
        var trained = all.Trained(split.Train);
        var rank = RankOf(all, trained, out var permissible);
        PermissibleParallelograms = permissible;
        Nullity = rank.Nullity;
        (ImpliedParallelograms, _determined) = Imply(all, trained, rank.ToQuotient());
        IdealAccuracy = all.ShareOfSamples(_determined);
        if (split.Validation.Length > 0) IdealValidationAccuracy = (double)Array.FindAll(split.Validation, IsDetermined).Length / split.Validation.Length;
    }

    /// <summary>|P0(D)| (eq. 1).</summary>
    public long PermissibleParallelograms { get; }

    /// <summary>n0, the dimension of the null space of A(P0(D)) (eq. 7). 2 means a unique linear structure for
    /// addition. In a finite abelian group all of P0 leaves 1: E_a - E_0 is a homomorphism into the reals, so only constants remain.</summary>
    public int Nullity { get; }

    /// <summary>|P(D)|: members of P0 whose equation follows from those of P0(D).</summary>
    public long ImpliedParallelograms { get; }

    /// <summary>|P(D)| / |P0|; 1 when P0 is empty.</summary>
    public double IdealRqi => _all.Count == 0 ? 1 : (double)ImpliedParallelograms / _all.Count;

    /// <summary>|D̄(D, P(D))| / |D0|: the accuracy over all samples that the training set alone determines.</summary>
    public double IdealAccuracy { get; }

    /// <summary>The same over the validation samples only; null when there are none.</summary>
    public double? IdealValidationAccuracy { get; }

    /// <summary>Whether sample <paramref name="sample"/> is in D̄(D, P(D)): trained, or in an implied parallelogram with a trained one.</summary>
    public bool IsDetermined(int sample) => _determined[_all.SlotOfSample[sample]];

    /// <summary>
    /// The row space of A(P0(D)). Within a result class the differences to its first trained pair span all others, so one row per
    /// trained pair is enough.
    /// </summary>
    private static ExactRank RankOf(ParallelogramSet _all, bool[] trained, out long permissible)
    {
        var rank = new ExactRank(_all.Samples.Symbols, Parallelogram.MaximumSquaredNorm);
        Span<int> row = new int[_all.Samples.Symbols];
        permissible = 0;
        for (var c = 0; c < _all.Samples.Classes; c++)
        {
            var (representative, earlier) = (-1, 0);
            for (var s = _all.ClassStart[c]; s < _all.ClassStart[c + 1]; s++)
            {
                if (!trained[s]) continue;
                if (representative < 0)
                {
                    representative = s;
                }
                else
                {
                    new Parallelogram(_all.First[s], _all.Second[s], _all.First[representative], _all.Second[representative]).WriteRow(row);
                    rank.Add(row);
                }

                permissible += earlier++;
            }
        }

        return rank;
    }

    /// <summary>Two pairs of a class form an implied parallelogram exactly when their sums have the same image in the quotient.</summary>
    private static (long Implied, bool[] Determined) Imply(ParallelogramSet _all, bool[] trained, RowSpaceQuotient quotient)
    {
        var (width, moduli) = (quotient.Width, quotient.Moduli);
        var pairs = _all.First.Length;
        var images = new uint[pairs * width];
        for (var s = 0; s < pairs; s++)
        {
            var a = quotient.Image(_all.First[s]);
            var b = quotient.Image(_all.Second[s]);
            for (var k = 0; k < width; k++) images[(s * width) + k] = (a[k] + b[k]) % moduli[k];
        }

        // Pairs of one class with equal images form a group; the group's first pair keeps its size and whether it holds a trained pair.
        var leader = new int[pairs];
        var size = new long[pairs];
        var _determined = new bool[pairs];
        long implied = 0;
        for (var c = 0; c < _all.Samples.Classes; c++)
        {
            var (start, end) = (_all.ClassStart[c], _all.ClassStart[c + 1]);
            for (var s = start; s < end; s++)
            {
                leader[s] = s;
                var image = images.AsSpan(s * width, width);
                for (var t = start; t < s; t++)
                {
                    if (leader[t] != t || !images.AsSpan(t * width, width).SequenceEqual(image)) continue;
                    leader[s] = t;
                    break;
                }

                implied += size[leader[s]]++;
                _determined[leader[s]] |= trained[s];
            }

            for (var s = start; s < end; s++) _determined[s] = _determined[leader[s]];
        }

        return (implied, _determined);
    }
}
