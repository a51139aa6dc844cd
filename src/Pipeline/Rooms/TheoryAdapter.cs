using System.Text.Json.Nodes;
using Goldilocks.Theory;

namespace Goldilocks.Pipeline;

/// <summary>The theory stage: what the effective theory predicts, in tables beside what was trained.</summary>
internal sealed class TheoryAdapter : IStage
{
    public string Name => "theory";

    public int FormatVersion => 1;

    public IReadOnlyList<string> Inputs => ["train"];

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings) => new SettingsReader(settings)
        .Integer("p", 10, 3, 64).Integer("seed", 0, 0, long.MaxValue).Integer("critical_draws", 0, 0, 10_000_000).Integer("rate_draws", 0, 0, 100_000)
        .Flag("trajectories", false).Flag("stored_runs", false).Resolve();

    public StageSummary Run(StageContext context)
    {
        var configuration = context.Configuration;
        var options = new TheoryOptions
        {
            Symbols = (int)(long)configuration["p"]!,
            Seed = (long)configuration["seed"]!,
            CriticalDraws = (int)(long)configuration["critical_draws"]!,
            RateDraws = (int)(long)configuration["rate_draws"]!,
            Trajectories = (bool)configuration["trajectories"]!,
            StoredRuns = (bool)configuration["stored_runs"]!,
        };
        var tables = TheoryStage.Run(context.InputFolders["train"], context.OutputFolder, options, context.Jobs, context.Cancellation);
        return new StageSummary($"tables {string.Join(", ", tables)}");
    }
}
