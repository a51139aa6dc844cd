using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary><c>train &lt;recipe&gt; [--set key=value]... [--output DIR] [--jobs N] [--json]</c></summary>
public static class TrainCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var recipe = new Argument<string>("recipe") { Description = $"What to train: {string.Join(", ", Recipe.All.Select(known => known.Name))}." };
        var set = new Option<string[]>("--set") { Description = "A parameter of the recipe, key=value; repeatable. --parameters lists them.", HelpName = "key=value" };
        var seeds = new Option<int>("--seeds") { Description = "Train this many runs, with seeds counting up from the configured one.", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--output", "-o") { Description = "Folder for tables and checkpoints; an interrupted run in it is continued.", DefaultValueFactory = _ => "train", HelpName = "DIR" };
        var jobs = new Option<int>("--jobs", "-j") { Description = "Runs at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var parameters = new Option<bool>("--parameters") { Description = "List the recipe's parameters and stop." };
        var json = new Option<bool>("--json") { Description = "Print results as JSON." };
        var command = new Command("train", "Train a recipe into tables and checkpoints.") { recipe, set, seeds, output, jobs, parameters, json };
        command.SetAction((parsed, cancellation) =>
        {
            var chosen = Recipe.Find(parsed.GetRequiredValue(recipe));
            var writer = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(parameters))
            {
                foreach (var parameter in chosen.Parameters) writer.WriteLine($"{parameter.Name} = {Convert.ToString(parameter.Default, CultureInfo.InvariantCulture)}   ({parameter.Range})  {parameter.Doc}");
                return Task.FromResult(ExitCodes.Success);
            }

            if (parsed.GetValue(jobs) < 1 || parsed.GetValue(seeds) < 1) throw new GoldilocksException("--jobs and --seeds must be at least 1.");
            var configs = Configure(chosen, parsed.GetValue(set) ?? [], parsed.GetValue(seeds));
            var folder = parsed.GetRequiredValue(output);
            var records = TrainStage.Run(configs, folder, parsed.GetValue(jobs), progress: null, cancellation);
            if (parsed.GetValue(json))
            {
                writer.WriteLine(JsonSerializer.Serialize(configs.Zip(records, (config, record) => new
                {
                    run = config.Run,
                    seed = config.Long("seed"),
                    steps = record.Steps,
                    train_accuracy_step = record.TrainAccuracyStep,
                    validation_accuracy_step = record.ValidationAccuracyStep,
                    rqi_step = record.RqiStep,
                    seconds = record.Seconds,
                }), Indented));
                return Task.FromResult(ExitCodes.Success);
            }

            foreach (var (config, record) in configs.Zip(records))
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"run {config.ShortRun} seed {config.Long("seed")}: train {Step(record.TrainAccuracyStep)}, validation {Step(record.ValidationAccuracyStep)}, RQI {Step(record.RqiStep)}; {record.Steps} steps in {record.Seconds:F1} s"));
            }

            writer.WriteLine($"tables and checkpoints in {folder}");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static RunConfig[] Configure(Recipe recipe, IEnumerable<string> settings, int seeds)
    {
        var values = new Dictionary<string, string>();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new GoldilocksException($"--set {setting}: expected key=value.");
            values[setting[..equals]] = setting[(equals + 1)..];
        }

        var first = recipe.Resolve(values).Long("seed");
        return [.. Enumerable.Range(0, seeds).Select(i =>
        {
            values["seed"] = (first + i).ToString(CultureInfo.InvariantCulture);
            return recipe.Resolve(values);
        })];
    }

    private static string Step(long? step) => step is { } value ? $"at step {value}" : "never";
}
