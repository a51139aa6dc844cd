using Goldilocks.Core;

namespace Goldilocks.Theory.Tests;

public class PhaseTests
{
    [Theory]
    [InlineData(10L, 500L, Phase.Comprehension)]
    [InlineData(10L, 1009L, Phase.Comprehension)]
    [InlineData(10L, 1010L, Phase.Grokking)]
    [InlineData(500L, 10L, Phase.Comprehension)]
    [InlineData(100_000L, 100_000L, Phase.Comprehension)]
    [InlineData(10L, 100_001L, Phase.Memorization)]
    [InlineData(10L, null, Phase.Memorization)]
    [InlineData(null, null, Phase.Confusion)]
    [InlineData(null, 10L, Phase.Undefined)]
    [InlineData(100_001L, 10L, Phase.Undefined)]
    public void Table_one(long? train, long? validation, Phase phase) => Assert.Equal(phase, new PhaseRule().Classify(train, validation));

    [Fact]
    public void Gap_and_budget_are_parameters()
    {
        Assert.Equal(Phase.Comprehension, new PhaseRule { Gap = 2000 }.Classify(0, 1500));
        Assert.Equal(Phase.Confusion, new PhaseRule { StepBudget = 5 }.Classify(6, null));
    }

    [Fact]
    public void Nine_tenths_reach_the_threshold_in_the_reference_code_only()
    {
        Assert.True(PhaseRule.For(Convention.Reference).ReachesAccuracy(9, 10));
        Assert.False(PhaseRule.For(Convention.Paper).ReachesAccuracy(9, 10));
        Assert.True(PhaseRule.For(Convention.Paper).ReachesAccuracy(41, 45));
        Assert.False(PhaseRule.For(Convention.Reference).ReachesAccuracy(40, 45));
        Assert.False(PhaseRule.For(Convention.Reference).ReachesAccuracy(0, 0));
    }

    [Fact]
    public void Rqi_must_exceed_its_threshold()
    {
        Assert.False(new PhaseRule().ReachesRqi(0.95));
        Assert.True(new PhaseRule().ReachesRqi(0.951));
    }

    [Fact]
    public void Conventions_have_names()
    {
        foreach (var convention in Enum.GetValues<Convention>()) Assert.Equal(convention, Conventions.Parse(convention.Name()));
        Assert.Contains("Did you mean \"paper\"?", Assert.Throws<GoldilocksException>(() => Conventions.Parse("papper")).Message, StringComparison.Ordinal);
    }
}
