namespace Goldilocks.Report.Tests;

public sealed class PhaseSummaryTests
{
    private static string Summary(SampleRun run) => PhaseSummary.Of(Reports.Data(run).First).Replace('\u00a0', ' ');

    [Fact]
    public void Comprehension_tells_both_steps_and_why_it_is_not_grokking() => Assert.Equal(
        "The network knew at least 90 % of its 45 training pairs after 1130 steps, and at least 90 % of the 10 pairs it had never been shown only after 1530, 400 steps later. " +
        "It understood almost as soon as it knew: by the paper's Table 1, a delay of less than 1000 steps is comprehension, and only a longer one is called grokking.",
        Summary(SampleRun.Published));

    [Fact]
    public void Grokking_tells_the_delay() => Assert.Equal(
        "The network knew more than 90 % of its 45 training pairs after 900 steps, and more than 90 % of the 10 pairs it had never been shown only after 12,000, 11,100 steps later. " +
        "That is grokking: first it knew by heart, and long after, it understood (by the paper's Table 1, 1000 steps later or more).",
        Summary(new() { TrainStep = 900, ValidationStep = 12_000, Steps = 20_000, Phase = "grokking" }));

    [Fact]
    public void Memorization_says_never_and_where_it_ended() => Assert.Equal(
        "The network knew more than 90 % of its 45 training pairs after 1130 steps, but in 5000 steps it never got more than 90 % of the 10 pairs it had never been shown right (at the end: 100 % and 30 %). " +
        "By the paper's Table 1 that is memorization: it learned the answers by heart without finding enough of what they have in common.",
        Summary(new() { ValidationStep = null, Phase = "memorization" }));

    [Fact]
    public void Confusion_says_that_nothing_was_learned() => Assert.Equal(
        "In 5000 steps the network learned neither more than 90 % of its 45 training pairs nor more than 90 % of the 10 pairs it had never been shown (at the end: 25 % and 30 %). " +
        "By the paper's Table 1 that is confusion: not even the answers it was shown were learned.",
        Summary(new() { TrainStep = null, ValidationStep = null, RqiStep = null, Phase = "confusion" }));

    [Fact]
    public void Validation_without_training_has_no_name_in_the_paper() =>
        Assert.EndsWith("The paper's Table 1 has no name for that, so its phase is undefined here.", Summary(new() { TrainStep = null, Phase = "undefined" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(1130, "at the same step.")]
    [InlineData(1129, "already after 1129, 1 step earlier.")]
    [InlineData(1131, "only after 1131, 1 step later.")]
    public void Order_of_the_thresholds_is_told(int validation, string words) => Assert.Contains(words, Summary(new() { ValidationStep = validation }), StringComparison.Ordinal);

    [Fact]
    public void Without_validation_pairs_nobody_can_say() => Assert.Equal(
        "The network knew more than 90 % of its 55 training pairs after 1130 steps. No pair was kept back, so nobody can say whether it understood.",
        Summary(new() { TrainSamples = 55, ValidationStep = null, Validates = false, Phase = "memorization" }));

    [Fact]
    public void One_unseen_pair_is_singular() => Assert.Contains("of the one pair it had never been shown", Summary(new() { TrainSamples = 54 }), StringComparison.Ordinal);
}
