using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline.Tests;

/// <summary>A stage that writes what it was told to, and counts.</summary>
internal sealed class FakeStage(string name, params string[] inputs) : IStage
{
    public string Name => name;

    public int FormatVersion { get; set; } = 1;

    public IReadOnlyList<string> Inputs => inputs;

    public IReadOnlyList<string> VolatileOutputs { get; set; } = [];

    public int Runs { get; private set; }

    public StageContext? Last { get; private set; }

    public Action<StageContext> Work { get; set; } = Write;

    public Func<IReadOnlyDictionary<string, Setting>, JsonObject> Resolver { get; set; } =
        settings => new SettingsReader(settings).Text("title", "none").Integer("seed", 0, 0, 1000).Resolve();

    public StageSummary Summary { get; set; } = new("");

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings) => Resolver(settings);

    public StageSummary Run(StageContext context)
    {
        Runs++;
        Last = context;
        Work(context);
        return Summary;
    }

    /// <summary>Output that depends on the configuration and on the inputs' files, and on nothing else.</summary>
    public static void Write(StageContext context)
    {
        var text = context.Configuration.ToJsonString() + string.Concat(context.InputFolders.OrderBy(pair => pair.Key)
            .Select(pair => File.ReadAllText(Path.Combine(pair.Value, "out.txt"))));
        File.WriteAllText(Path.Combine(context.OutputFolder, "out.txt"), text);
    }
}
