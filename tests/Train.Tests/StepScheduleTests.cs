namespace Goldilocks.Train.Tests;

public sealed class StepScheduleTests
{
    [Fact]
    public void Curves_are_dense_at_first_and_logarithmic_later()
    {
        var steps = StepSchedule.Curves(100_000, 150);
        Assert.Equal(Enumerable.Range(0, 101).Select(step => (long)step), steps[..101]);
        Assert.Equal(100_000, steps[^1]);
        Assert.Equal(steps.Distinct().Order(), steps);
        // 150 per decade, and the round steps (2000, 3000, ...) that are not among them.
        Assert.InRange(steps.Count(step => step is > 1_000 and <= 10_000), 150, 158);
        Assert.InRange(steps.Count(step => step is > 10_000 and <= 100_000), 150, 158);
        Assert.All(steps.Where(step => step >= 1_000).Zip(steps.Where(step => step > 1_000)), pair => Assert.InRange((double)pair.Second / pair.First, 1, 1.017));
        Assert.Subset(steps.ToHashSet(), new HashSet<long> { 200, 1_000, 2_000, 3_000, 9_000, 10_000, 70_000 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(57)]
    [InlineData(5003)]
    public void Every_schedule_has_the_first_and_the_last_step_and_none_beyond(long last)
    {
        foreach (var steps in new[] { StepSchedule.Curves(last, 150), StepSchedule.Curves(last, 20), StepSchedule.Curves(last, 1), StepSchedule.Curves(last, 0), StepSchedule.Checkpoints(last, 10), StepSchedule.Checkpoints(last, 1) })
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
        Assert.Subset(StepSchedule.Curves(5000, 150).ToHashSet(), StepSchedule.Curves(700, 150).SkipLast(1).ToHashSet());

    [Fact]
    public void None_per_decade_leaves_the_first_and_the_last()
    {
        Assert.Equal([0, 5000], StepSchedule.Curves(5000, 0));
        Assert.Equal([0], StepSchedule.Curves(0, 0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(20, 28)]
    [InlineData(60, 68)]
    public void Fewer_per_decade_are_fewer(int perDecade, int most)
    {
        var steps = StepSchedule.Curves(100_000, perDecade);
        Assert.Equal(Enumerable.Range(0, (2 * perDecade / 3) + 1).Select(step => (long)step), steps[..((2 * perDecade / 3) + 1)]);
        Assert.InRange(steps.Count(step => step is > 1_000 and <= 10_000), perDecade, most);
    }
}
