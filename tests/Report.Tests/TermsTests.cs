namespace Goldilocks.Report.Tests;

public sealed class TermsTests
{
    [Fact]
    public void Thresholds_are_the_run_s_own()
    {
        var run = Row("toy-addition", ("accuracy_threshold", 0.995), ("rqi_threshold", 0.8), ("grokking_gap", 250L), ("phase", "grokking"));
        Assert.Equal("train > 99.5 %", Words(Terms.AccuracyRule(run, "train")));
        Assert.Equal("more than 99.5 %", Words(Terms.Share(run)));
        Assert.Equal("RQI > 0.8", Terms.RqiRule(run));
        Assert.Equal("Paper convention: a threshold counts above 99.5 %; every value at step t belongs to the parameters after t updates.", Words(Terms.ConventionNote(run, Numbers.Percent(run.AccuracyThreshold))));
    }

    [Fact]
    public void Tables_without_thresholds_have_the_paper_s()
    {
        var run = Row("toy-addition");
        Assert.Equal(("train > 90 %", "RQI > 0.95"), (Words(Terms.AccuracyRule(run, "train")), Terms.RqiRule(run)));
    }

    [Theory]
    [InlineData("toy-addition", "toy", "training accuracy and RQI are those after the update of that step, validation accuracy and losses those before it.")]
    [InlineData("toy-addition", "phase_diagram", "accuracies and RQI are those after the update of that step, losses those before it.")]
    [InlineData("toy-group", null, "accuracies and RQI are those after the update of that step, losses those before it.")]
    public void The_state_behind_a_step_is_that_of_the_program(string recipe, string? program, string words) =>
        Assert.EndsWith($"at step t, {words}", Terms.ConventionNote(Row(recipe, ("convention", "reference"), ("program", program)), "90 %"), StringComparison.Ordinal);

    [Fact]
    public void A_matrix_has_as_many_values_as_entries()
    {
        Assert.Equal(9, Row("toy-group", ("embedding_dimension", 3L)).Dimension);
        Assert.Equal(3, Row("toy-addition", ("embedding_dimension", 3L)).Dimension);
    }

    private static string Words(string text) => text.Replace('\u00a0', ' ');

    private static RunRow Row(string recipe, params (string Name, object? Value)[] more)
    {
        var columns = new Dictionary<string, object?> { ["run"] = "0123456789abcdef", ["recipe"] = recipe, ["phase"] = "comprehension", ["executed_steps"] = 10L, ["convention"] = "paper" };
        foreach (var (name, value) in more) columns[name] = value;
        return new RunRow([.. columns]);
    }
}
