namespace Goldilocks.Train.Tests;

public sealed class StepScheduleTests
{
    [Fact]
    public void Curves_are_dense_at_first_and_logarithmic_later()
    {
        var steps = StepSchedule.Curves(100_000);
        Assert.Equal(Enumerable.Range(0, 101).Select(step => (long)step), steps[..101]);
        Assert.Equal(100_000, steps[^1]);
        Assert.Equal(steps.Distinct().Order(), steps);
        Assert.InRange(steps.Count(step => step is > 1_000 and <= 10_000), 148, 152);
        Assert.InRange(steps.Count(step => step is > 10_000 and <= 100_000), 148, 152);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(57)]
    [InlineData(5003)]
    public void Every_schedule_has_the_first_and_the_last_step_and_none_beyond(long last)
    {
        foreach (var steps in new[] { StepSchedule.Curves(last), StepSchedule.Checkpoints(last, 10), StepSchedule.Checkpoints(last, 1) })
        {
            Assert.Equal(0, steps[0]);
            Assert.Equal(last, steps[^1]);
            Assert.Equal(steps.Distinct().Order(), steps);
        }
    }

    [Fact]
    public void Checkpoints_stand_at_even_ratios() => Assert.Equal([0, 1, 10, 100, 1000, 5000], StepSchedule.Checkpoints(5000, 1));

    [Fact]
    public void A_longer_run_has_the_steps_of_a_shorter_one() =>
        Assert.Subset(StepSchedule.Curves(5000).ToHashSet(), StepSchedule.Curves(700).SkipLast(1).ToHashSet());

    [Fact]
    public void None_per_decade_are_none() => Assert.Empty(StepSchedule.Checkpoints(5000, 0));
}
