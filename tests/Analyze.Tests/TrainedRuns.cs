using Goldilocks.Export;
using Goldilocks.Train;

namespace Goldilocks.Analyze.Tests;

/// <summary>Two real runs, regression and classification, trained for 200 steps and exported.</summary>
public sealed class TrainedRuns : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainedRuns()
    {
        Configs = [Config("mse"), Config("cross_entropy")];
        TrainStage.Run(Configs, Train, jobs: 2, progress: null, CancellationToken.None);
        Records = [.. Configs.Select(Recorded)];
        Models = ExportStage.Run(Train, Exported, progress: null, CancellationToken.None);
    }

    public IReadOnlyList<RunConfig> Configs { get; }

    /// <summary>The runs' curves, from training them once more in memory.</summary>
    public IReadOnlyList<RunRecord> Records { get; }

    public string Train => _folder.File("train");

    public string Exported => _folder.File("export");

    /// <summary>Number of exported models.</summary>
    public int Models { get; }

    public void Dispose() => _folder.Dispose();

    /// <summary>A copy of the exported models, to be spoilt.</summary>
    internal void CopyModelsTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var model in Directory.GetFiles(Exported)) File.Copy(model, Path.Combine(folder, Path.GetFileName(model)));
    }

    private static RunRecord Recorded(RunConfig config)
    {
        using var trainer = new Trainer(Recipe.Find(config.Recipe).Create(config));
        trainer.Run();
        return trainer.Record;
    }

    private static RunConfig Config(string loss) => Recipe.Find("toy-addition").Resolve(new Dictionary<string, string>
    {
        ["seed"] = "3", ["loss"] = loss, ["steps"] = "200", ["embedding_dimension"] = "2", ["embedding_lr"] = "0.01", ["decoder_lr"] = "0.002",
    });
}
