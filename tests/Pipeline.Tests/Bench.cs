using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

/// <summary>A folder with a pipelines.yml, four fake stages, and the real command tree over them.</summary>
internal sealed class Bench : IDisposable
{
    public const string Yaml = """
        pipelines:
          quickstart:
            description: The first one
            train: { seed: 58 }
            export: {}
            report:
              title: A page
          other:
            train: { seed: 1 }
        """;

    public Bench(string yaml = Yaml)
    {
        Folder = Directory.CreateTempSubdirectory("goldilocks-test-").FullName;
        File.WriteAllText(YamlPath, yaml);
        Stages = [Train, Export, Report];
    }

    public string Folder { get; }

    public FakeStage Train { get; } = new("train");

    public FakeStage Export { get; } = new("export", "train") { Resolver = settings => new SettingsReader(settings).Resolve() };

    public FakeStage Report { get; } = new("report", "train", "export");

    public IReadOnlyList<IStage> Stages { get; }

    public string YamlPath => Path.Combine(Folder, "pipelines.yml");

    public string PathOf(params string[] parts) => Path.Combine([Folder, "artifacts", .. parts]);

    /// <summary>Runs a command line against this folder.</summary>
    public (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandHost.RunAsync(RootCommandBuilder.Create(Stages, []), [.. arguments, "--file", YamlPath], output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
