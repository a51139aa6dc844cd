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
        Records = TrainStage.Run(Configs, Train, jobs: 2, progress: null, CancellationToken.None);
        Models = ExportStage.Run(Train, Exported, progress: null, CancellationToken.None);
    }

    public IReadOnlyList<RunConfig> Configs { get; }

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

    private static RunConfig Config(string loss) => Recipe.Find("toy-addition").Resolve(new Dictionary<string, string>
    {
        ["seed"] = "3", ["loss"] = loss, ["steps"] = "200", ["embedding_dimension"] = "2", ["embedding_lr"] = "0.01", ["decoder_lr"] = "0.002",
    });
}
