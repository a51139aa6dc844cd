using System.Globalization;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>The training stage: one run of a recipe.</summary>
internal sealed class TrainAdapter : IStage
{
    private const string RecipeKey = "recipe";

    public string Name => "train";

    public int FormatVersion => 1;

    public IReadOnlyList<string> Inputs => [];

    public IReadOnlyList<string> VolatileOutputs => ["timings.parquet"];

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings)
    {
        if (!settings.TryGetValue(RecipeKey, out var recipe))
            throw new GoldilocksException($"train: the recipe is missing. Known: {string.Join(", ", Recipe.All.Select(known => known.Name))}.");
        var config = Recipe.Find(recipe.Text).Resolve(settings.Where(pair => pair.Key != RecipeKey).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Text)));
        var resolved = new JsonObject { [RecipeKey] = config.Recipe };
        foreach (var (name, value) in config.Values)
            resolved[name] = value switch { long whole => JsonValue.Create(whole), double number => JsonValue.Create(number), _ => JsonValue.Create((string)value) };
        return resolved;
    }

    public StageSummary Run(StageContext context)
    {
        var config = Recipe.Find((string)context.Configuration[RecipeKey]!).Resolve(context.Configuration
            .Where(pair => pair.Key != RecipeKey)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.ToString())));
        var progress = new Progress(context.Progress);
        var record = TrainStage.Run([config], context.OutputFolder, context.Jobs, progress, context.Cancellation)[0];
        return new StageSummary(string.Create(CultureInfo.InvariantCulture,
            $"train accuracy {Step(record.TrainAccuracyStep)}, validation accuracy {Step(record.ValidationAccuracyStep)}, RQI {Step(record.RqiStep)}; {record.Steps} steps"));
    }

    private static string Step(long? step) => step is { } value ? $"at step {value}" : "never";

    /// <summary>Reports on the calling thread, in order.</summary>
    private sealed class Progress(IProgress<StageProgress> target) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) =>
            target.Report(new StageProgress(value.StepsTotal == 0 ? 1 : (double)value.StepsDone / value.StepsTotal, $"step {value.StepsDone}/{value.StepsTotal}"));
    }
}
