using System.Globalization;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>The training stage: the runs of a recipe, one or a sweep.</summary>
internal sealed class TrainAdapter : IStage
{
    private const string RecipeKey = "recipe";
    private const string RunsKey = "runs";

    public string Name => "train";

    public int FormatVersion => 2;

    public IReadOnlyList<string> Inputs => [];

    public IReadOnlyList<string> VolatileOutputs => ["timings.parquet"];

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings)
    {
        if (!settings.TryGetValue(RecipeKey, out var name))
            throw new GoldilocksException($"train: the recipe is missing. Known: {string.Join(", ", Recipe.All.Select(known => known.Name))}.");
        var recipe = Recipe.Find(name.Single(RecipeKey));
        var block = Sweep.Read(settings.Where(pair => pair.Key != RecipeKey));
        var runs = Runs(recipe, block);
        var resolved = new JsonObject { [RecipeKey] = recipe.Name };
        if (runs.Count > 1) resolved[RunsKey] = runs.Count;

        // What all runs have in common is complete with defaults; what cases say stands as they say it.
        foreach (var parameter in recipe.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            resolved[parameter.Name] = block.TryGetPropertyValue(parameter.Name, out var value) ? Typed(parameter, value!) : Json(parameter.Default);
        if (block[Sweep.CasesKey] is JsonArray cases)
        {
            resolved[Sweep.CasesKey] = new JsonArray([.. cases.Select(one => (JsonNode)new JsonObject(one!.AsObject()
                .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Typed(recipe.Parameters.First(parameter => parameter.Name == pair.Key), pair.Value!)))))]);
        }

        return resolved;
    }

    public StageSummary Run(StageContext context)
    {
        var block = (JsonObject)context.Configuration.DeepClone();
        block.Remove(RecipeKey);
        block.Remove(RunsKey);
        var configs = Runs(Recipe.Find((string)context.Configuration[RecipeKey]!), block);
        var records = TrainStage.Run(configs, context.OutputFolder, context.Jobs, new Progress(context.Progress), context.Cancellation);
        return new StageSummary(records is [var record]
            ? string.Create(CultureInfo.InvariantCulture,
                $"train accuracy {Step(record.TrainAccuracyStep)}, validation accuracy {Step(record.ValidationAccuracyStep)}, RQI {Step(record.RqiStep)}; {record.Steps} steps")
            : string.Create(CultureInfo.InvariantCulture,
                $"{records.Count} runs: validation accuracy reached in {records.Count(one => one.ValidationAccuracyStep is not null)}, RQI in {records.Count(one => one.RqiStep is not null)}; {records.Sum(one => one.Steps)} steps"));
    }

    /// <exception cref="GoldilocksException">A value is wrong, or two runs are the same.</exception>
    private static List<RunConfig> Runs(Recipe recipe, JsonObject block)
    {
        var configs = new List<RunConfig>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var settings in Sweep.Expand(block))
        {
            configs.Add(recipe.Resolve(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))));
            if (seen.Add(configs[^1].Run)) continue;
            var varied = settings.Where(pair => block[pair.Key] is not JsonValue).Select(pair => $"{pair.Key} = {pair.Value}");
            throw new GoldilocksException($"the sweep holds the run with {string.Join(", ", varied)} twice; remove one of them.");
        }

        return configs;
    }

    private static JsonNode Typed(ParameterSpec parameter, JsonNode value) => value is JsonArray several
        ? new JsonArray([.. several.Select(one => Json(parameter.Parse(one!.ToString())))])
        : Json(parameter.Parse(value.ToString()));

    private static JsonValue Json(object value) => value switch
    {
        long whole => JsonValue.Create(whole),
        double number => JsonValue.Create(number),
        _ => JsonValue.Create((string)value),
    };

    private static string Step(long? step) => step is { } value ? $"at step {value}" : "never";

    /// <summary>Reports on the calling thread, in order.</summary>
    private sealed class Progress(IProgress<StageProgress> target) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) =>
            target.Report(new StageProgress(
                value.StepsTotal == 0 ? 1 : (double)value.StepsDone / value.StepsTotal,
                $"{(value.RunsTotal > 1 ? $"{value.RunsDone}/{value.RunsTotal} runs, " : "")}step {value.StepsDone}/{value.StepsTotal}"));
    }
}
