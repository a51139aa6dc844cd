namespace Goldilocks.Theory.Tests;

public class CriticalScalingTests
{
    [Fact]
    public void Four_symbols_agree_with_all_1024_training_sets()
    {
        // Averaging over all sets of each size gives the exact probabilities; r_c is interpolated from them as from the draws.
        var all = new ParallelogramSet(SampleSet.Addition(4));
        var (unique, sets) = (new double[11], new double[11]);
        for (var mask = 0; mask < 1024; mask++)
        {
            var train = Enumerable.Range(0, 10).Where(s => (mask >> s & 1) == 1).ToArray();
            sets[train.Length]++;
            if (new TrainingStructure(all, Split.Of(all.Samples, train)).Nullity == 2) unique[train.Length]++;
        }

        var share = unique.Zip(sets, (u, s) => u / s).ToArray();
        var above = Array.FindIndex(share, value => value >= 0.5);
        var exact = (above - 1 + ((0.5 - share[above - 1]) / (share[above] - share[above - 1]))) / 10;
        var point = Assert.Single(CriticalScaling.Estimate(4, 4, 20_000, seed: 5, threads: 2).Points);
        Assert.Equal((4, 10), (point.P, point.Samples));
        Assert.InRange(exact, point.Rc - (2.3 * (point.Rc - point.Low!.Value)), point.Rc + (2.3 * (point.High!.Value - point.Rc)));
        Assert.InRange(point.High.Value - point.Low.Value, 1e-6, 0.01);
    }

    [Fact]
    public void The_transition_moves_down_and_narrows()
    {
        var seen = new List<int>();
        var scaling = CriticalScaling.Estimate(5, 16, 1_000, seed: 1, threads: 2, point => seen.Add(point.P));
        Assert.Equal(Enumerable.Range(5, 12), seen);
        Assert.Equal(seen, scaling.Points.Select(point => point.P));
        Assert.All(scaling.Points, point => Assert.True(point.Low <= point.Rc && point.Rc <= point.High && point.Width > 0));
        Assert.InRange(scaling.Points.Single(point => point.P == 10).Rc, 0.40, 0.42);
        Assert.InRange(scaling.Rc!.Exponent, -1, -0.3);

        // True of these small p only: beyond p = 13 the width relative to r_c grows again.
        Assert.True(scaling.Width!.Exponent < scaling.Rc.Exponent && scaling.RelativeWidth!.Exponent < 0);
    }

    [Fact]
    public void Fewer_than_four_draws_have_no_interval()
    {
        var curve = CriticalFraction.Estimate(6, 3, seed: 0, threads: 1);
        Assert.Equal((null, null), curve.HalfCrossingInterval());
        Assert.NotNull(curve.HalfCrossing);
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.Crossing(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CriticalScaling.Estimate(6, 5, 3, 0, 1));
    }

    [Fact]
    public void Power_laws_are_recovered()
    {
        var exact = PowerLaw.Fit([.. Enumerable.Range(2, 9).Select(x => ((double)x, 3 * Math.Pow(x, -0.75)))])!;
        Assert.Equal(3, exact.Factor, 1e-12);
        Assert.Equal(-0.75, exact.Exponent, 1e-12);
        Assert.Equal(0, exact.StandardError!.Value, 1e-7);

        // ln y = 0, 1, 0 at ln x = 0, 1, 2: slope 0, residual sum 2/3, spread 2, so the error is sqrt(2/3 / 1 / 2).
        var bent = PowerLaw.Fit([(1, 1), (Math.E, Math.E), (Math.E * Math.E, 1)])!;
        Assert.Equal(0, bent.Exponent, 1e-12);
        Assert.Equal(Math.Sqrt(1 / 3.0), bent.StandardError!.Value, 1e-12);
        Assert.Null(PowerLaw.Fit([(1, 1), (2, 3)])!.StandardError);
        Assert.Null(PowerLaw.Fit([(2, 1), (2, 3)]));
    }
}
