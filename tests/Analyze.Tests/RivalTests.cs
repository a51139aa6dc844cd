using Goldilocks.Core;

namespace Goldilocks.Analyze.Tests;

/// <summary>Leads and forecasts on runs made by hand, whose numbers follow from their definition.</summary>
public sealed class RivalTests
{
    [Fact]
    public void Half_way_is_taken_from_memorisation_on_and_between_points_on_the_logarithm_of_the_step()
    {
        var curve = new Curve([0, 9, 99, 999], [5, 1, 0, 3]);
        Assert.Equal(Math.Pow(10, 0.25) - 1, curve.HalfWay(0)!.Value, 1e-12);
        Assert.Equal((100 * Math.Sqrt(10)) - 1, curve.HalfWay(99)!.Value, 1e-9);
        Assert.Equal(curve.HalfWay(99), curve.HalfWay(50));
        Assert.Null(curve.HalfWay(999));
        Assert.Null(new Curve([0, 1], [2, 2]).HalfWay(0));
        Assert.Null(new Curve([0, 1], [2, double.NaN]).HalfWay(0));
    }

    [Fact]
    public void A_measure_that_moves_ten_times_earlier_leads_by_that()
    {
        var rows = new List<AnalysisRow>();
        var tracks = new List<RunTrack>();
        for (var run = 0; run < 3; run++)
        {
            tracks.Add(Track($"run{run}", decay: 1, memorised: 10, generalised: 2000));
            foreach (var step in new[] { 0L, 10, 100, 1000, 10_000 })
                rows.Add(Row($"run{run}", step, ("validation_accuracy", step >= 10_000 ? 1 : 0), ("weight_norm", step >= 1000 ? 7 : 9)));
        }

        var found = RivalAnalyzer.Run(tracks, rows, RunMeasures.Compute(tracks));
        var row = found.Single(row => row.Measure == "weight_norm");
        double accuracy = Math.Sqrt(1001.0 * 10_001) - 1, norm = Math.Sqrt(101.0 * 1001) - 1;
        Assert.Equal((3, 1), (row.Lead!.Runs, row.Lead.First));
        Assert.Equal(accuracy - norm, row.Lead.Median, 1e-6);
        Assert.Equal((accuracy + 1) / (norm + 1), row.Lead.Factor, 1e-9);
        Assert.Equal("Omnigrok", row.Account);
        Assert.DoesNotContain(found, other => other.Measure is "validation_accuracy" or "output_difference" or "rqi");
    }

    [Fact]
    public void Values_at_memorisation_order_and_tell_apart_what_they_should()
    {
        // The norm falls with the step of generalisation within each weight decay, and runs that never generalise have the smallest ones.
        (double Decay, long? Generalised, double Norm)[] runs = [(1, 500, 9), (1, 700, 8), (1, 900, 7), (0, 2000, 6), (0, 3000, 5), (0, null, 4), (0, null, 3)];
        var tracks = runs.Select((run, i) => Track($"run{i}", run.Decay, 50, run.Generalised)).ToArray();
        var rows = runs.SelectMany((run, i) => new[] { Row($"run{i}", 0, ("weight_norm", 1)), Row($"run{i}", 100, ("weight_norm", run.Norm)), Row($"run{i}", 5000, ("weight_norm", 2)) }).ToArray();
        var row = RivalAnalyzer.Run(tracks, rows, RunMeasures.Compute(tracks)).Single(row => row.Measure == "weight_norm");
        Assert.Equal((7, 5, 2), (row.When.Runs, row.Whether.Generalising, row.Whether.Others));
        Assert.Equal(1, row.Whether.Area);
        Assert.Equal(new Theory.Interval(1, 1), row.Whether.Interval);

        // Ranks 7..1 against 1, 2, 3, 4, 5, 6.5, 6.5, by hand: covariance -27.5, variances 28 and 27.5.
        Assert.Equal(-27.5 / Math.Sqrt(28 * 27.5), row.When.Rank, 1e-12);
        Assert.InRange(row.When.Rank, row.When.Interval.Low, row.When.Interval.High);
        Assert.Equal(((3 * -1.0) + (4 * -4.5 / Math.Sqrt(5 * 4.5))) / 7, row.When.Within, 1e-12);
    }

    [Fact]
    public void What_is_measured_after_generalisation_forecasts_nothing()
    {
        var tracks = new[] { Track("run0", 1, 50, 60), Track("run1", 1, 50, 500) };
        var rows = tracks.SelectMany(track => new[] { Row(track.Run, 0, ("weight_norm", 1)), Row(track.Run, 100, ("weight_norm", 2)), Row(track.Run, 1000, ("weight_norm", 3)) }).ToArray();
        Assert.Equal(1, RivalAnalyzer.Run(tracks, rows, RunMeasures.Compute(tracks)).Single(row => row.Measure == "weight_norm").When.Runs);
    }

    [Fact]
    public void Without_memorisation_there_is_nothing_to_predict_from()
    {
        var tracks = new[] { Track("run0", 1, null, null) };
        var error = Assert.Throws<GoldilocksException>(() => RivalAnalyzer.Run(tracks, [Row("run0", 0, ("weight_norm", 1))], RunMeasures.Compute(tracks)));
        Assert.StartsWith("rivals: no run reaches its accuracy threshold", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_need_the_first_400_losses_and_spikes_count_from_full_accuracy_on()
    {
        double[] steps = [.. Enumerable.Range(0, 500).Select(step => (double)step)];
        double[] losses = [.. steps.Select(step => step is 50 or 450 ? 50 : Math.Exp(-step / 100))];
        double[] accuracies = [.. steps.Select(step => step < 100 ? 0 : 1)];
        var track = Track("run", 1, 100, null) with { TrainLoss = new Curve(steps, losses), TrainAccuracy = new Curve(steps, accuracies), ValidationAccuracy = new Curve(steps, accuracies) };
        double? Of(RunTrack of, string column) => RunMeasures.Compute([of])[0][RunMeasures.Columns.ToList().FindIndex(known => known.Name == column)];
        Assert.True(Of(track, "hjorth_activity") > 0);
        Assert.Equal(1, Of(track, "loss_spikes"));
        Assert.InRange(Of(track, "train_midpoint")!.Value, 98, 102);
        var sparse = track with { TrainLoss = new Curve([.. steps.Where(step => step % 2 == 0)], [.. losses.Where((_, i) => i % 2 == 0)]) };
        Assert.Null(Of(sparse, "hjorth_activity"));
        Assert.Null(Of(track with { TrainAccuracy = new Curve(steps, [.. accuracies.Select(accuracy => accuracy / 2)]) }, "loss_spikes"));
    }

    private static RunTrack Track(string run, double decay, long? memorised, long? generalised) =>
        new(run, "modular-mlp", decay, 10_000, memorised, generalised, new Curve([], []), new Curve([], []), new Curve([], []));

    private static AnalysisRow Row(string run, long step, params (string Column, double Value)[] values)
    {
        var cells = new double?[Measures.Columns.Count];
        foreach (var (column, value) in values) cells[Measures.IndexOf(column)] = value;
        return new AnalysisRow(new ModelFile($"{run}-{step}.onnx", $"{run}-{step}.onnx", null, null, new StatedFacts()), run, step, "modular-mlp", "paper", cells, null);
    }
}
