using System.Text.Json;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>A task, a model and an optimiser under one name. Adding a recipe is one file and one line in <see cref="All"/>.</summary>
public abstract class Recipe
{
    private readonly Lazy<(string[] Names, ParameterSpec[] Parameters)> _byName;

    protected Recipe() => _byName = new(() =>
    {
        ParameterSpec[] sorted = [.. Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)];
        return ([.. sorted.Select(parameter => parameter.Name)], sorted);
    });

    /// <summary>Every recipe.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [new ToyAddition(), new ToyGroup(), new ModularMlp(), new Transformer(), new Mnist()];

    /// <summary>Its name in pipelines.yml.</summary>
    public abstract string Name { get; }

    /// <summary>One line about it.</summary>
    public abstract string Doc { get; }

    /// <summary>Its hyperparameters.</summary>
    public abstract IReadOnlyList<ParameterSpec> Parameters { get; }

    /// <exception cref="GoldilocksException">Unknown recipe.</exception>
    public static Recipe Find(string name) => All.FirstOrDefault(recipe => recipe.Name == name)
        ?? throw new GoldilocksException($"recipe: \"{name}\" is unknown. {Suggest.Hint(name, All.Select(recipe => recipe.Name))}");

    /// <summary>Checks names and values and fills in the defaults.</summary>
    /// <param name="settings">Values as text, without the recipe's own name.</param>
    /// <exception cref="GoldilocksException">An unknown name (with a suggestion) or a value out of range.</exception>
    public RunConfig Resolve(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var (names, parameters) = _byName.Value;
        object[] values = [.. parameters.Select(parameter => parameter.Default)];
        foreach (var (name, text) in settings)
        {
            var found = Array.BinarySearch(names, name, StringComparer.Ordinal);
            if (found < 0) throw new GoldilocksException($"{name}: recipe {Name} has no such parameter. {Suggest.Hint(name, Parameters.Select(parameter => parameter.Name))}");
            values[found] = parameters[found].Parse(text);
        }

        var config = new RunConfig(Name, names, values);
        Check(config);
        return config;
    }

    /// <summary>The configuration of a run that was saved as <see cref="RunConfig.Json"/>.</summary>
    /// <exception cref="GoldilocksException">The text is no configuration of this version.</exception>
    public static RunConfig Parse(string json)
    {
        try
        {
            var root = JsonNode.Parse(json)!;
            if ((int)root["format"]! != RunConfig.FormatVersion) throw new GoldilocksException($"the run was configured under format {root["format"]}; this version knows {RunConfig.FormatVersion}.");
            return Find((string)root["recipe"]!).Resolve(root["parameters"]!.AsObject().Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.ToString())));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new GoldilocksException($"the configuration of a run cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>What a run of this configuration trains.</summary>
    public abstract Experiment Create(RunConfig config);

    /// <summary>Checks values against each other.</summary>
    /// <exception cref="GoldilocksException">They do not fit.</exception>
    protected abstract void Check(RunConfig config);
}
