namespace Goldilocks.Theory.Tests;

public class LossSpikesTests
{
    [Fact]
    public void Every_stretch_above_the_factor_counts_once()
    {
        Assert.Equal(0, LossSpikes.Count([]));
        Assert.Equal(0, LossSpikes.Count([5, 4, 3, 2, 1, 10]));
        Assert.Equal(1, LossSpikes.Count([5, 4, 3, 2, 1, 10.1]));
        Assert.Equal(1, LossSpikes.Count([1, 20, 300, 11, 9, 2]));
        Assert.Equal(2, LossSpikes.Count([1, 20, 10, 20, 1]));
        Assert.Equal(3, LossSpikes.Count([1, 3, 1, 3, 3, 1, 3], factor: 2));
    }

    [Fact]
    public void The_smallest_loss_so_far_is_what_counts()
    {
        // 5 is ten times 0.4 and more, but came before it.
        Assert.Equal(0, LossSpikes.Count([100, 50, 5, 0.4, 0.4]));
        Assert.Equal(1, LossSpikes.Count([100, 50, 5, 0.4, 5]));
    }

    [Fact]
    public void An_infinite_loss_is_a_spike_and_what_is_no_number_is_passed_over()
    {
        Assert.Equal(1, LossSpikes.Count([1, double.PositiveInfinity, double.NaN, 50, 1]));
        Assert.Equal(0, LossSpikes.Count([double.NaN, 1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossSpikes.Count([1], 1));
    }
}
