namespace Goldilocks.Report.Tests;

/// <summary>Parts of the paper's figures, against values that one can see.</summary>
public sealed class PaperPartsTests
{
    [Fact]
    public void Labels_move_apart_around_their_common_place()
    {
        Assert.Equal([0, 5, 10], Spacing.Apart([0, 5, 10], 2));
        Assert.Equal([4, 6, 8], Spacing.Apart([6, 6, 6], 2));
        // 1 and 1.5 become 0.25 and 2.25; 3 is then too close and joins: mean 1.8333, places one apart around it by 2.
        Assert.Equal([-0.166667, 1.833333, 3.833333], Spacing.Apart([1, 1.5, 3], 2).Select(place => Math.Round(place, 6)));
        Assert.Empty(Spacing.Apart([], 2));
    }

    [Fact]
    public void Cells_of_one_answer_are_one_run_and_its_centre_lies_deepest()
    {
        var classes = new int[5, 7];
        for (var row = 0; row < 5; row++)
        {
            for (var column = 5; column < 7; column++) classes[row, column] = 1;
        }

        var map = new DecoderMap(9, classes, [0, 1, 2, 3, 4, 5, 6], [0, 10, 20, 30, 40]);
        var runs = map.Runs().ToArray();
        Assert.Equal(10, runs.Length);
        Assert.Equal((-0.5, 4.5, 0, 0), runs[0]);
        Assert.Equal((4.5, 6.5, 0, 1), runs[1]);
        Assert.Equal((-0.5, 6.5, -5, 45), map.Bounds);
        // Answer 0 fills five by five cells: the middle is three deep. Answer 1 is only two columns wide, one deep everywhere.
        Assert.Equal([(2, 20, 0)], map.Centres(least: 2));
        Assert.Equal(2, map.Centres(least: 1).Count());
    }

    [Fact]
    public void Colours_run_from_dark_to_bright_or_round_a_circle()
    {
        Assert.Equal("#440154", ClassColours.Ordered(0, 21));
        Assert.Equal("#21918c", ClassColours.Ordered(10, 21));
        Assert.Equal("#fde725", ClassColours.Ordered(20, 21));
        Assert.Equal("#e2d9e2", ClassColours.Cyclic(0, 8));
        Assert.Equal("#2f1436", ClassColours.Cyclic(4, 8));
        Assert.Equal("#cea592", ClassColours.Cyclic(7, 8));
    }

    [Fact]
    public void A_stored_value_is_equal_to_its_four_decimals()
    {
        Assert.True(StoredAgreement.IsEqual(12 / 55.0, 0.2182));
        Assert.False(StoredAgreement.IsEqual(12 / 55.0, 0.2183));
    }

    [Fact]
    public void Settings_are_told_once_as_list_or_as_range()
    {
        RunRow Run(long seed, string loss) => new([new("run", $"{seed}"), new("recipe", "r"), new("seed", seed), new("loss", loss), new("p", 10L), new("convention", "paper"), new("phase", "x"), new("executed_steps", 5L), new("final_accuracy", 0.5)]);
        var group = new RunGroup([.. Enumerable.Range(0, 6).Select(seed => Run(seed, seed > 2 ? "mse" : "cross_entropy"))]);
        Assert.Equal("r, p = 10, 6 runs, seed 0 to 5 (6 values), paper convention", group.Identity);
        Assert.Equal([["recipe", "r"], ["seed", "0 to 5 (6 values)"], ["loss", "cross_entropy, mse"], ["p", "10"], ["convention", "paper"]], group.Settings());
    }
}
