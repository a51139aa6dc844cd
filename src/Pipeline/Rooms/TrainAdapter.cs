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
    private const int MostRuns = 1_000_000;

    public string Name => "train";

    public int FormatVersion => 3;

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
        if (block[Sweep.ZipKey] is JsonObject zip)
        {
            foreach (var (zipped, _) in zip) resolved.Remove(zipped);
            resolved[Sweep.ZipKey] = Typed(recipe, zip);
        }

        if (block[Sweep.CasesKey] is JsonArray cases)
            resolved[Sweep.CasesKey] = new JsonArray([.. cases.Select(one => (JsonNode)Typed(recipe, one!.AsObject()))]);
        return resolved;
    }

    public SweepStatus? Look(string folder) => SweepStatus.Read(folder);

    public StageSummary Run(StageContext context)
    {
        var settings = (JsonObject)context.Configuration.DeepClone();
        settings.Remove(RunsKey);
        var runs = Runs(settings);
        var shards = context.Shards ?? (SweepPlan.Read(context.OutputFolder) is null ? context.Executor.DefaultShards(runs.Count) : null);
        var sweep = TrainSweep.Open(runs, settings, context.OutputFolder, shards, context.Note);
        context.Executor.Execute(sweep, context);
        var result = sweep.Merge(context.Cancellation);
        foreach (var failure in result.Failures) context.Note($"run {failure.Config.ShortRun} failed: {failure.Reason}");
        if (result.Failures.Count > 0) throw result.Error();
        return new StageSummary(result.Records is [var record]
            ? string.Create(CultureInfo.InvariantCulture,
                $"train accuracy {Step(record.TrainAccuracyStep)}, validation accuracy {Step(record.ValidationAccuracyStep)}, RQI {Step(record.RqiStep)}; {record.Steps} steps")
            : string.Create(CultureInfo.InvariantCulture,
                $"{result.Records.Count} runs: validation accuracy reached in {result.Records.Count(one => one.ValidationAccuracyStep is not null)}, RQI in {result.Records.Count(one => one.RqiStep is not null)}; {result.Records.Sum(one => one.Steps)} steps"));
    }

    /// <summary>The runs of a sweep from the settings that its plan holds.</summary>
    /// <exception cref="GoldilocksException">A value is wrong, or two runs are the same.</exception>
    public static IReadOnlyList<RunConfig> Runs(JsonObject settings)
    {
        var block = (JsonObject)settings.DeepClone();
        block.Remove(RecipeKey);
        return Runs(Recipe.Find((string)settings[RecipeKey]!), block);
    }

    /// <exception cref="GoldilocksException">A value is wrong, or two runs are the same.</exception>
    private static List<RunConfig> Runs(Recipe recipe, JsonObject block)
    {
        var configs = new List<RunConfig>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var settings in Sweep.Expand(block))
        {
            if (configs.Count == MostRuns) throw new GoldilocksException($"the sweep has more than {MostRuns} runs. Split it into several pipelines.");
            configs.Add(recipe.Resolve(settings));
            if (seen.Add(configs[^1].Run)) continue;
            var varied = settings.Where(pair => block[pair.Key] is not JsonValue).Select(pair => $"{pair.Key} = {pair.Value}");
            throw new GoldilocksException($"the sweep holds the run with {string.Join(", ", varied)} twice; remove one of them.");
        }

        return configs;
    }

    private static JsonObject Typed(Recipe recipe, JsonObject settings) => new(settings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)(pair.Key == Sweep.ZipKey
        ? Typed(recipe, pair.Value!.AsObject())
        : Typed(recipe.Parameters.First(parameter => parameter.Name == pair.Key), pair.Value!)))));

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
}
