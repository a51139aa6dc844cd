using Goldilocks.Numerics.Generators;
using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory;

/// <summary>
/// Monte Carlo of P(unique linear structure) against the number of training samples, Fig 4(a): how often a random training set's
/// A(P0(D)) has nullity 2.
/// </summary>
/// <remarks>
/// One draw orders all samples at random and finds the first n at which the structure is unique; its prefixes serve every size at
/// once. Each size sees as many independent random sets as there are draws; counts of different sizes are correlated.
/// Draw k takes substream k, so the result does not depend on the number of threads.
/// </remarks>
public sealed class CriticalFraction
{
    private CriticalFraction(int symbols, int samples, int draws, long[] successes)
    {
        Symbols = symbols;
        Samples = samples;
        Draws = draws;
        Successes = successes;
    }

    /// <summary>P.</summary>
    public int Symbols { get; }

    /// <summary>|D0|.</summary>
    public int Samples { get; }

    /// <summary>Random sets per size.</summary>
    public int Draws { get; }

    /// <summary>Entry n: among the draws, the sets of n samples with nullity 2. Length |D0| + 1.</summary>
    public long[] Successes { get; }

    /// <summary>r_c, the fraction n/|D0| at which the probability crosses one half, interpolated between sizes; null when it never does.</summary>
    public double? HalfCrossing => Crossing(0.5);

    /// <summary>The fraction n/|D0| at which the probability crosses <paramref name="share"/>, interpolated between sizes; null when it never does.</summary>
    /// <param name="share">In (0, 1].</param>
    public double? Crossing(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        var target = Draws * share;
        for (var n = 1; n < Successes.Length; n++)
        {
            if (Successes[n] < target) continue;
            return (n - 1 + ((target - Successes[n - 1]) / (Successes[n] - Successes[n - 1]))) / Samples;
        }

        return null;
    }

    /// <summary>
    /// A confidence interval of r_c that assumes no shape of the curve: the number of draws unique below the true median is binomial with
    /// probability one half, so the crossings at 1/2 ± z/(2√draws) enclose it. Null ends where the curve does not reach them.
    /// </summary>
    public (double? Low, double? High) HalfCrossingInterval(double z = 1.96)
    {
        var margin = z / (2 * Math.Sqrt(Draws));
        return (margin < 0.5 ? Crossing(0.5 - margin) : null, margin <= 0.5 ? Crossing(0.5 + margin) : null);
    }

    /// <summary>Estimates the curve for addition on P symbols.</summary>
    /// <param name="symbols">P, 3..1024.</param>
    /// <param name="draws">Random orders, at least 1.</param>
    /// <param name="seed">Seed of stream <see cref="RandomStream.MonteCarlo"/>.</param>
    /// <param name="threads">Worker threads, at least 1; the result is the same for any number.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CriticalFraction Estimate(int symbols, int draws, ulong seed, int threads, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 3);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        var all = new ParallelogramSet(SampleSet.Addition(symbols));
        var firstUnique = new long[all.Samples.Count + 1];
        Parallel.For(
            0,
            draws,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new Draw(all),
            (draw, _, state) =>
            {
                state.Count(seed, (uint)draw);
                return state;
            },
            state =>
            {
                lock (firstUnique)
                {
                    for (var n = 0; n < firstUnique.Length; n++) firstUnique[n] += state.FirstUnique[n];
                }
            });
        for (var n = 1; n < firstUnique.Length; n++) firstUnique[n] += firstUnique[n - 1];
        return new CriticalFraction(symbols, all.Samples.Count, draws, firstUnique);
    }

    /// <summary>
    /// Wilson's score interval of the probability at size <paramref name="samples"/>, for <paramref name="z"/> standard deviations.
    /// </summary>
    public (double Low, double High) Interval(int samples, double z = 1.96)
    {
        double n = Draws, share = Successes[samples] / n, z2 = z * z;
        var centre = (share + (z2 / (2 * n))) / (1 + (z2 / n));
        var half = z / (1 + (z2 / n)) * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>The buffers of one worker.</summary>
    private sealed class Draw(ParallelogramSet all)
    {
        private readonly ExactRank _rank = new(all.Samples.Symbols, Parallelogram.MaximumSquaredNorm);
        private readonly int[] _order = new int[all.Samples.Count];
        private readonly int[] _row = new int[all.Samples.Symbols];
        private readonly int[] _representative = new int[all.Samples.Classes];

        /// <summary>Entry n: the draws whose structure became unique with sample number n.</summary>
        public long[] FirstUnique { get; } = new long[all.Samples.Count + 1];

        public void Count(ulong seed, uint draw)
        {
            for (var s = 0; s < _order.Length; s++) _order[s] = s;
            new CounterRandom(seed, RandomStream.MonteCarlo, draw).Shuffle<int>(_order);
            _rank.Clear();
            Array.Fill(_representative, -1);
            var (first, second, labels) = (all.Samples.First, all.Samples.Second, all.Samples.Labels);
            for (var n = 0; n < _order.Length; n++)
            {
                var sample = _order[n];
                ref var other = ref _representative[labels[sample]];
                if (other < 0)
                {
                    other = sample;
                    continue;
                }

                new Parallelogram(first[sample], second[sample], first[other], second[other]).WriteRow(_row);
                if (!_rank.Add(_row) || _rank.Nullity > 2) continue;
                FirstUnique[n + 1]++;
                return;
            }
        }
    }
}
