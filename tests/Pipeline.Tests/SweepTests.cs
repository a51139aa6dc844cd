using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

public sealed class SweepTests
{
    private static readonly string[] Stages = ["train"];

    [Fact]
    public void Lists_span_a_grid_whose_last_name_runs_fastest() =>
        Assert.Equal(["10 0 a", "10 1 a", "20 0 a", "20 1 a"], Expand("n: [10, 20]", "seed: {range: [0, 1]}", "name: a"));

    [Fact]
    public void Cases_repeat_the_grid_with_their_own_values() =>
        Assert.Equal(["1 5 x", "1 6 x", "2 7 x", "3 7 y", "3 8 y"], Expand("n: 1", "seed: [5, 6]", "name: x", "cases: [{n: 1}, {n: 2, seed: 7}, {n: 3, seed: [7, 8], name: y}]"));

    [Fact]
    public void Zipped_lists_go_together_and_cross_with_the_rest() =>
        Assert.Equal(["a 10 x", "b 10 x", "a 20 y", "b 20 y"], Expand("name: [a, b]", "zip: {n: {linspace: [10, 20, 2]}, m: [x, y]}"));

    [Fact]
    public void What_is_zipped_is_not_given_twice() =>
        Assert.Equal("p.yml:5: zip: n is given beside zip too; keep one.", Assert.ThrowsAny<GoldilocksException>(() => Expand("n: 5", "zip: {n: [1, 2]}")).Message);

    [Fact]
    public void A_zipped_sweep_of_the_train_stage_resolves_and_keeps_its_pairs()
    {
        var resolved = new TrainAdapter().Resolve(Settings("recipe: toy-addition", "seed: [1, 2]", "zip: {p: [8, 10], train_samples: [20, 45]}"));
        Assert.Equal("""{"p":[8,10],"train_samples":[20,45]}""", resolved["zip"]!.ToJsonString());
        Assert.Equal(4, (int)resolved["runs"]!);
        resolved.Remove("runs");
        Assert.Equal([(8L, 20L), (8L, 20L), (10L, 45L), (10L, 45L)], TrainAdapter.Runs(resolved).Select(run => (run.Long("p"), run.Long("train_samples"))));
    }

    [Theory]
    [InlineData("{values: [7, 3]}", "7 3")]
    [InlineData("{range: [3, 5]}", "3 4 5")]
    [InlineData("{range: [0, 10, 5]}", "0 5 10")]
    [InlineData("{linspace: [0, 1, 5]}", "0 0.25 0.5 0.75 1")]
    [InlineData("{linspace: [5, -5, 3]}", "5 0 -5")]
    [InlineData("{logspace: [1, 100, 3]}", "1 10 100")]
    [InlineData("{logspace: [1e-5, 1e-2, 2]}", "1E-05 0.01")]
    [InlineData("[a]", "a")]
    public void Series_include_both_ends(string values, string expected) => Assert.Equal(expected, string.Join(' ', Expand($"n: {values}")));

    [Theory]
    [InlineData("n: []", "p.yml:4: n: the list is empty; give at least one value.")]
    [InlineData("n: {linspce: [0, 1, 2]}", "p.yml:4: n: unknown form \"linspce\". Did you mean \"linspace\"?")]
    [InlineData("n: {range: [5, 3]}", "p.yml:4: n: range takes whole numbers [first, last] or [first, last, step], upwards, the last included, at most 100000 values.")]
    [InlineData("n: {range: [0, 1e9]}", "p.yml:4: n: range takes whole numbers [first, last] or [first, last, step], upwards, the last included, at most 100000 values.")]
    [InlineData("n: {logspace: [0, 1, 3]}", "p.yml:4: n: logspace takes [first, last, count] with a count of 2 to 100000 and both ends above zero.")]
    [InlineData("n: {linspace: [0, 1]}", "p.yml:4: n: linspace takes [first, last, count] with a count of 2 to 100000.")]
    [InlineData("n: {linspace: [0, x, 3]}", "p.yml:4: n: \"x\" is no number.")]
    [InlineData("n: [1, [2]]", "p.yml:4: n: a single value is needed here, not a list.")]
    [InlineData("n: {a: 1, b: 2}", "p.yml:4: n must be a value, a list, or one of {range: [...]}, {linspace: [...]}, {logspace: [...]}, {values: [...]}.")]
    [InlineData("n: {values: 5}", "p.yml:4: n: values takes a list.")]
    [InlineData("zip: {n: [1, 2], m: [3]}", "p.yml:4: zip: the lists differ in length (n: 2, m: 1); what goes together must be as long.")]
    [InlineData("zip: [1]", "p.yml:4: zip must be a mapping of lists of one length, such as {p: [10, 20], train_samples: [45, 180]}.")]
    [InlineData("zip: {n: []}", "p.yml:4: n: the list is empty; give at least one value.")]
    [InlineData("cases: 5", "p.yml:4: cases must be a list of mappings, such as [{seed: 1}, {seed: 2}].")]
    [InlineData("cases: [{cases: [{n: 1}]}]", "p.yml:4: cases cannot hold cases.")]
    public void Wrong_sweeps_are_one_line(string setting, string expected) =>
        Assert.Equal(expected, Assert.ThrowsAny<GoldilocksException>(() => Expand(setting)).Message);

    [Fact]
    public void The_train_stage_resolves_a_sweep_to_the_same_runs_as_its_own_output()
    {
        var settings = Settings("recipe: toy-addition", "train_samples: [30, 45]", "seed: {range: [0, 2]}", "steps: 10", "cases: [{}, {seed: 58, loss: cross_entropy}]");
        var resolved = new TrainAdapter().Resolve(settings);
        Assert.Equal(8, (int)resolved["runs"]!);
        Assert.Equal("[0,1,2]", resolved["seed"]!.ToJsonString());
        Assert.Equal("""[{},{"seed":58,"loss":"cross_entropy"}]""", resolved["cases"]!.ToJsonString());
    }

    [Fact]
    public void The_same_run_twice_is_refused()
    {
        var error = Assert.ThrowsAny<GoldilocksException>(() => new TrainAdapter().Resolve(Settings("recipe: toy-addition", "seed: [3, 4, 3]")));
        Assert.Equal("the sweep holds the run with seed = 3 twice; remove one of them.", error.Message);
    }

    [Fact]
    public void A_value_out_of_range_names_its_parameter_also_in_cases()
    {
        var error = Assert.ThrowsAny<GoldilocksException>(() => new TrainAdapter().Resolve(Settings("recipe: toy-addition", "cases: [{p: 1}]")));
        Assert.StartsWith("p: \"1\" is not allowed", error.Message, StringComparison.Ordinal);
        error = Assert.ThrowsAny<GoldilocksException>(() => new TrainAdapter().Resolve(Settings("recipe: toy-addition", "sed: [1, 2]")));
        Assert.Contains("Did you mean \"seed\"?", error.Message, StringComparison.Ordinal);
    }

    private static string[] Expand(params string[] settings) =>
        [.. Sweep.Expand(Sweep.Read(Settings(settings))).Select(run => string.Join(' ', run.Select(pair => pair.Value)))];

    private static IReadOnlyDictionary<string, Setting> Settings(params string[] settings) =>
        PipelineFile.Parse($"pipelines:\n  a:\n    train:\n      {string.Join("\n      ", settings)}\n", "p.yml", Stages).Pipelines[0].Stages["train"].Settings;
}
