using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>Runs gathered into cells, against what one counts by hand.</summary>
public sealed class PhaseGridTests
{
    private static readonly SweepRun Run = new(1e-3, 5);

    [Fact]
    public void Runs_find_their_cells_and_empty_ones_are_known()
    {
        var grid = SweepTables.Grid(
            new SweepRun(1e-3, 10).At(5, null), new SweepRun(1e-4, 0).At(5, 6), new SweepRun(1e-3, 0).At(5, 1005), new SweepRun(1e-5, 10).At(null, null), new SweepRun(1e-4, 10).At(null, 7));
        Assert.Equal((3, 2), (grid.Columns, grid.Rows));
        Assert.Equal([(1, 0, "comprehension"), (2, 0, "grokking"), (0, 1, "confusion"), (1, 1, "undefined"), (2, 1, "memorization")], grid.Cells.Select(cell => (cell.Column, cell.Row, cell.Phase)));
        Assert.Equal([(0, 0)], grid.Missing);
        Assert.False(grid.HasSeveral);
        Assert.Equal(PhaseKind.All, grid.Phases);
        Assert.All(PhaseKind.All, phase => Assert.Equal(1, grid.Count(phase)));
    }

    [Fact]
    public void One_varying_parameter_makes_a_strip()
    {
        var grid = SweepTables.Grid(new SweepRun(1e-3, 0), new SweepRun(1e-4, 0), new SweepRun(1e-5, 0) { Seed = 2 });
        Assert.Equal((3, 1, null), (grid.Columns, grid.Rows, grid.Y));
        Assert.Equal("decoder_lr", grid.Parameters);
    }

    [Fact]
    public void A_cell_of_several_seeds_is_summarised()
    {
        var grid = SweepTables.Grid(
            Run.At(9, 999), (Run with { Seed = 1 }).At(19, 9), (Run with { Seed = 2 }).At(29, 9999), (Run with { Seed = 3 }).At(39, null), (Run with { Seed = 4 }).At(null, 99),
            new SweepRun(1e-2, 5).At(1, 2));
        var cell = grid.Cells[0];
        Assert.True(grid.HasSeveral);
        // Two comprehend: 990 < 1000 steps, and validation before training.
        Assert.Equal("comprehension", cell.Phase);
        Assert.Equal([0.4, 0.2, 0.2, 0, 0.2], PhaseKind.All.Select(cell.Share));
        // 9 19 29 39 never, and 9 99 999 9999 never.
        Assert.Equal((29, 999), (cell.TrainStep, cell.ValidationStep));
        // Of the runs with both: 990, -10 and 9970 steps; 1000/10, 10/20 and 10000/30.
        Assert.Equal([(990, 100), (-10, 0.5), (9970, 10_000 / 30.0)], cell.Delays.Select(delay => ((double)delay.Gap, delay.Ratio)));
        Assert.Equal((990, 100), (cell.Gap, cell.Ratio));
        // log10(v + 1) is 1, 2, 3, 4: quartiles 1.75 and 3.25.
        Assert.Equal(Math.Pow(10, 1.5), cell.Spread!.Value, 1e-9);
    }

    [Fact]
    public void Never_is_the_median_of_most_and_no_step_has_no_delay()
    {
        var cell = SweepTables.Grid(Run.At(1, 7), (Run with { Seed = 1 }).At(3, null), new SweepRun(1e-2, 5)).Cells[0];
        Assert.Equal((2, null), (cell.TrainStep, cell.ValidationStep));
        Assert.Equal((6, 4, null), (cell.Gap, cell.Ratio, cell.Spread));
        var never = SweepTables.Grid(Run.At(1, null), new SweepRun(1e-2, 5)).Cells[0];
        Assert.Equal((1, null, null, null, null), (never.TrainStep, never.ValidationStep, never.Gap, never.Ratio, never.Spread));
        Assert.Equal((0, 1), SweepTables.Grid(Run.At(0, 0), new SweepRun(1e-2, 5)).Cells[0] is var both ? (both.Gap, both.Ratio) : default);
    }

    [Theory]
    [InlineData("memorization", null, null, 5L, null)]
    [InlineData("grokking", 5L, null, 5L, 5000L)]
    [InlineData("comprehension", 5L, 5000L, 5L, 6L)]
    [InlineData("confusion", null, null, null, 6L)]
    public void Ties_go_to_the_first_in_Table_1(string phase, long? train, long? validation, long? otherTrain, long? otherValidation) =>
        Assert.Equal(phase, SweepTables.Grid(Run.At(train, validation), (Run with { Seed = 1 }).At(otherTrain, otherValidation), new SweepRun(1e-2, 5)).Cells[0].Phase);

    [Fact]
    public void A_phase_that_nobody_knows_is_one_line() => Assert.Contains(
        "has the phase \"enlightenment\"; known are comprehension, grokking, memorization, confusion, undefined. Run the train stage again.",
        Assert.Throws<GoldilocksException>(() => SweepTables.Grid(Run with { Phase = "enlightenment" }, new SweepRun(1e-2, 5))).Message, StringComparison.Ordinal);

    [Fact]
    public void Splits_are_counted_by_seed_where_a_seed_has_one_split()
    {
        var splits = SplitShares.Of(SweepTables.Read(Run, Run with { Seed = 1, Ideal = 52 / 55.0 }, Run with { Seed = 2 }, new SweepRun(1e-2, 5)))!;
        Assert.Equal("2 of 3 seeds", splits.Words);
        Assert.Equal([(0, 1), (1, 52 / 55.0), (2, 1)], splits.Seeds.Select(seed => ((int)seed.Seed, seed.Ideal)));
        Assert.Equal((3, 1), (splits.Able.Count, splits.Unable.Count));
        var varying = SplitShares.Of(SweepTables.Read(Run, new SweepRun(1e-2, 5) { Ideal = 0.5 }, Run with { Seed = 1 }))!;
        Assert.Equal("2 of 3 runs", varying.Words);
        Assert.Empty(varying.Seeds);
        Assert.Null(SplitShares.Of(SweepTables.Read(Run, Run with { Seed = 1, Ideal = null })));
    }

    [Fact]
    public void Maps_of_the_paper_are_recognised()
    {
        static string? Of(params SweepRun[] runs) => SweepTables.Read(runs) is var rows ? PublishedMap.Of(new RunGroup(rows), new PhaseGrid(rows)) : null;
        SweepRun[] decays = [Run, new(1e-2, 0)];
        Assert.Equal("Figure 6 (a)", Of(Run, Run with { DecoderLr = 1e-2, EmbeddingLr = 1 }));
        Assert.Equal("Figure 6 (b)", Of(decays));
        Assert.Equal("Figure 6 (c)", Of([.. decays.Select(run => run with { Loss = "cross_entropy" })]));
        Assert.Equal("Figure 6 (d)", Of([.. decays.Select(run => run with { Recipe = "toy-group" })]));
        Assert.Null(Of([.. decays.Select(run => run with { Recipe = "other" })]));
        Assert.Null(Of(Run, new SweepRun(1e-2, 5)));
    }
}
