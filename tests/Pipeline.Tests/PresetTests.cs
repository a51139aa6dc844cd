namespace Goldilocks.Pipeline.Tests;

public sealed class PresetTests : IDisposable
{
    private readonly Bench _bench = new("""
        pipelines:
          fig:
            description: A figure
            reproduces: Figure 9
            train: { seed: 1, title: small }
            export: {}
            presets:
              full:
                train: { seed: 2 }
        """);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_preset_is_the_pipeline_with_other_values_in_a_folder_of_its_own()
    {
        Assert.Equal(0, _bench.Run("run", "fig").Code);
        Assert.Equal(0, _bench.Run("run", "fig.full").Code);
        Assert.Equal("{\"title\":\"small\",\"seed\":1}", File.ReadAllText(_bench.PathOf("fig", "train", "out.txt")));
        Assert.Equal("{\"title\":\"small\",\"seed\":2}", File.ReadAllText(_bench.PathOf("fig.full", "train", "out.txt")));
        Assert.Equal("./goldilocks run fig.full", _bench.Train.Last!.Command);
    }

    [Fact]
    public void Overrides_of_the_pipeline_concern_its_presets_and_those_of_a_preset_only_it()
    {
        _bench.Run("run", "fig", "fig.full", "--set", "fig.train.title=both", "--set", "fig.full.train.seed=7");
        Assert.Equal("{\"title\":\"both\",\"seed\":1}", File.ReadAllText(_bench.PathOf("fig", "train", "out.txt")));
        Assert.Equal("{\"title\":\"both\",\"seed\":7}", File.ReadAllText(_bench.PathOf("fig.full", "train", "out.txt")));
    }

    [Fact]
    public void Status_and_verify_speak_of_presets_that_have_run()
    {
        _bench.Run("run", "fig");
        Assert.DoesNotContain("fig.full", _bench.Run("status").Output, StringComparison.Ordinal);
        _bench.Run("run", "fig.full");
        Assert.Contains("fig.full: all up to date", _bench.Run("status").Output, StringComparison.Ordinal);
        Assert.Contains("fig.full/train: 1 file", _bench.Run("verify").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("presets: { full: { trian: {} } }", "p.yml:4: pipeline a has no stage \"trian\". Did you mean \"train\"?")]
    [InlineData("presets: { a.b: { train: {} } }", "p.yml:4: preset name \"a.b\" must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit.")]
    [InlineData("presets: 5", "p.yml:4: a.presets must be a mapping (\"key: value\" lines), not a single value.")]
    public void Wrong_presets_are_refused_with_their_line(string presets, string expected) =>
        Assert.Equal(expected, Assert.ThrowsAny<Core.GoldilocksException>(() => PipelineFile.Parse($"pipelines:\n  a:\n    train: {{}}\n    {presets}\n", "p.yml", ["train"])).Message);

    [Fact]
    public void An_unknown_preset_is_an_unknown_pipeline()
    {
        var (code, _, error) = _bench.Run("run", "fig.ful");
        Assert.Equal(2, code);
        Assert.Equal("error: unknown pipeline \"fig.ful\". Did you mean \"fig.full\"?\n", error);
    }

    [Fact]
    public void A_list_where_one_value_is_needed_is_refused()
    {
        Assert.Equal("error: --set train.title: title must be a single value, not a list.\n", _bench.Run("run", "fig", "--set", "train.title=[a, b]").Error);
        Assert.Matches("^error: --set train.title:[0-9]+: malformed YAML: .*\n$", _bench.Run("run", "fig", "--set", "train.title=[a").Error);
    }
}
