using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

public sealed class PipelineFileTests
{
    private static readonly string[] Stages = ["train", "export", "analyze", "report"];

    [Fact]
    public void Settings_carry_their_text_and_line()
    {
        var file = PipelineFile.Parse("""
            # a comment
            pipelines:
              one:
                description: "quoted: yes"
                train:
                  seed: 0058
                  title: 'a # b'
                export:
            """, "p.yml", Stages);
        var pipeline = Assert.Single(file.Pipelines);
        Assert.Equal("quoted: yes", pipeline.Description);
        Assert.Equal(new Setting("0058", "p.yml:6"), pipeline.Stages["train"].Settings["seed"]);
        Assert.Equal(new Setting("a # b", "p.yml:7"), pipeline.Stages["train"].Settings["title"]);
        Assert.Empty(pipeline.Stages["export"].Settings);
    }

    [Theory]
    [InlineData("", "p.yml:1: no pipeline is defined. Add \"pipelines:\" with at least one entry.")]
    [InlineData("pipeline:\n  a: {}", "p.yml:1: unknown key \"pipeline\". Did you mean \"pipelines\"?")]
    [InlineData("- a\n- b", "p.yml:1: the file must be a mapping (\"key: value\" lines), not a list.")]
    [InlineData("pipelines:\n  a:\n    trian: {}", "p.yml:3: unknown key \"trian\" in pipeline a. Did you mean \"train\"?")]
    [InlineData("pipelines:\n  a:\n    train: 5", "p.yml:3: a.train must be a mapping (\"key: value\" lines), not a single value.")]
    [InlineData("pipelines:\n  a:\n    train:\n      seed:\n      p: 10", "p.yml:4: a.train.seed must be a single value on one line, not nothing.")]
    [InlineData("pipelines:\n  a:\n    train:\n      seed: 1\n      p: 2\n      seed: 3", "p.yml:6: \"seed\" is given twice (first on line 4); keep one.")]
    [InlineData("pipelines:\n  a:\n    train: {}\n  a:\n    train: {}", "p.yml:4: \"a\" is given twice (first on line 2); keep one.")]
    [InlineData("pipelines:\n  ../x:\n    train: {}", "p.yml:2: pipeline name \"../x\" must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit.")]
    [InlineData("pipelines:\n  a:\n    description: none", "p.yml:2: pipeline a has no stage. Stages: train, export, analyze, report.")]
    [InlineData("pipelines:\n  a: &x\n    train: {}\n  b: *x", "p.yml:2: anchors (&name) are not supported; write the value out.")]
    [InlineData("pipelines:\n  a: {}\n  b: *x", "p.yml:3: aliases (*name) are not supported; write the value out.")]
    [InlineData("# x\n\t# y\n\t\npipelines:\n  a:\n\ttrain: {}", "p.yml:6: this line is indented with a tab; YAML allows only spaces.")]
    [InlineData("pipelines: !!map {}", "p.yml:1: tags (!name) are not supported; write the plain value.")]
    [InlineData("pipelines:\n  a:\n    train: {}\n---\npipelines: {}", "p.yml:4: a second document begins here; the file must hold one.")]
    public void Wrong_files_are_refused_with_the_line(string yaml, string expected) =>
        Assert.Equal(expected, Assert.ThrowsAny<GoldilocksException>(() => PipelineFile.Parse(yaml, "p.yml", Stages)).Message);

    [Theory]
    [InlineData("pipelines:\n  a:\n    train: {seed: 1\n", 4)]
    [InlineData("pipelines:\n  a: \"unfinished\n", 2)]
    [InlineData("pipelines:\n  a:\n    train: {}\n   export: {}\n", 4)]
    public void Malformed_yaml_is_one_line_with_its_line_number(string yaml, int line)
    {
        var error = Assert.ThrowsAny<GoldilocksException>(() => PipelineFile.Parse(yaml, "p.yml", Stages));
        Assert.Matches($"^p.yml:{line}: malformed YAML: [^\n]+\\.$", error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var error = Assert.ThrowsAny<GoldilocksException>(() => PipelineFile.Parse("pipelines: " + new string('[', 5000), "p.yml", Stages));
        Assert.Equal("p.yml:1: nested more than 16 levels deep.", error.Message);
    }

    [Fact]
    public void A_huge_or_binary_file_is_refused_unread()
    {
        using var bench = new Bench();
        using (var stream = File.Create(bench.YamlPath)) stream.SetLength(1L << 33);
        Assert.Equal("error: pipelines.yml has 8589934592 bytes; the limit is 1048576. Is it the right file?\n", bench.Run("list").Error);
        File.WriteAllBytes(bench.YamlPath, [0xFF, 0xFE, 0x80, 0x81]);
        Assert.Equal("error: pipelines.yml is not UTF-8 text. Save it as UTF-8.\n", bench.Run("list").Error);
        File.Delete(bench.YamlPath);
        Assert.Equal($"error: cannot read {bench.YamlPath}: there is no such file. Name a pipelines.yml with --file.\n", bench.Run("list").Error);
    }

    [Fact]
    public void A_stage_without_its_input_is_refused()
    {
        using var bench = new Bench("pipelines:\n  quickstart:\n    export: {}\n");
        Assert.Equal("error: pipelines.yml:3: stage export reads train, which pipeline quickstart does not have. Add \"train: {}\".\n", bench.Run("run").Error);
    }

    [Fact]
    public void The_file_is_found_upward_and_artifacts_lie_beside_it()
    {
        using var bench = new Bench();
        var deep = Directory.CreateDirectory(Path.Combine(bench.Folder, "a", "b")).FullName;
        Assert.Equal(new Workspace(bench.YamlPath, bench.PathOf()), Workspace.Locate(null, null, deep));
        Assert.Equal(Path.Combine(deep, "elsewhere"), Workspace.Locate(null, "elsewhere", deep).Artifacts);
    }

    [Fact]
    public void Damaged_files_give_one_line_and_never_anything_else()
    {
        const string text = "pipelines:\n  a: &x\n    description: 'one'\n    train: {recipe: toy-addition, seed: 58}\n    export: {}\n  b:\n    train:\n      title: \"t\"\n";
        const string characters = "{}[]:,'\"&*!|>%@`#-? \n\t\\~ab0";
        var random = new Random(58);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = new System.Text.StringBuilder(i < text.Length ? text[..i] : text);
            for (var change = random.Next(1, 4); change > 0 && i >= text.Length; change--)
                damaged[random.Next(damaged.Length)] = characters[random.Next(characters.Length)];
            try
            {
                PipelineFile.Parse(damaged.ToString(), "p.yml", Stages);
            }
            catch (GoldilocksException e)
            {
                refused++;
                Assert.Matches("^p.yml:[0-9]+: [^\\n]+$", e.Message);
            }
        }

        Assert.InRange(refused, 5_000, 19_999);
    }

    [Fact]
    public void A_bracket_left_open_is_malformed_YAML_with_its_line()
    {
        var error = Assert.ThrowsAny<GoldilocksException>(() => PipelineFile.Parse("pipelines:\n  a:\n    train: {recipe: toy-addition\n    x: [\n", "p.yml", Stages));
        Assert.StartsWith("p.yml:3: malformed YAML", error.Message, StringComparison.Ordinal);
    }
}
