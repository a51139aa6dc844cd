using System.Globalization;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>
/// Several runs in one train stage. A setting with several values spans a grid with the others; those below <c>zip</c> go together, the first value
/// of each, then the second; <c>cases</c> is a list of further settings, each of which makes the whole grid once more with its own values in place of
/// the common ones.
/// </summary>
/// <example><c>train_samples: [30, 45]</c>, <c>seed: {range: [0, 2]}</c>, <c>decoder_lr: {logspace: [1e-5, 1e-2, 13]}</c>,
/// <c>zip: {p: [10, 20], train_samples: [45, 180]}</c></example>
internal static class Sweep
{
    public const string CasesKey = "cases";
    public const string ZipKey = "zip";

    private const int MostValues = 100_000;
    private static readonly string[] Forms = ["range", "linspace", "logspace", "values"];

    /// <summary>Settings with their values as text: a single value, or an array of them.</summary>
    /// <exception cref="GoldilocksException">An empty list, an unknown form, numbers that make no sense.</exception>
    public static JsonObject Read(IEnumerable<KeyValuePair<string, Setting>> settings)
    {
        var block = new JsonObject();
        foreach (var (name, setting) in settings)
        {
            block[name] = name == CasesKey ? Cases(setting)
                : name == ZipKey ? Zip(setting)
                : setting.Structure is { } node ? Values(name, node, setting.Where) : JsonValue.Create(setting.Text);
        }

        if (block[ZipKey] is JsonObject zip && zip.FirstOrDefault(pair => block.ContainsKey(pair.Key)).Key is { } twice)
            throw settings.First(pair => pair.Key == ZipKey).Value.Error($"{ZipKey}: {twice} is given beside {ZipKey} too; keep one.");
        return block;
    }

    /// <summary>The settings of each run: the last name of the grid runs fastest, what is zipped slower than it, cases come one after the other.</summary>
    public static IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> Expand(JsonObject block)
    {
        if (block[CasesKey] is not JsonArray cases) return Grid(block);
        return cases.SelectMany(one =>
        {
            var merged = new JsonObject();
            var zipped = (one![ZipKey] as JsonObject)?.Select(pair => pair.Key).ToHashSet() ?? [];
            foreach (var (name, value) in block.Where(pair => pair.Key != CasesKey && !zipped.Contains(pair.Key)).Concat(one.AsObject())) merged[name] = value!.DeepClone();
            return Grid(merged);
        });
    }

    private static IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> Grid(JsonObject block)
    {
        var zip = block[ZipKey] as JsonObject ?? [];
        var names = block.Select(pair => pair.Key).Where(name => name != ZipKey).ToArray();
        var values = names.Select(name => Texts(block[name]!)).ToArray();
        var zipped = zip.Select(pair => (pair.Key, Values: Texts(pair.Value!))).ToArray();
        for (var row = 0; row < (zipped.Length == 0 ? 1 : zipped[0].Values.Length); row++)
        {
            var position = new int[names.Length];
            for (var last = 0; last >= 0;)
            {
                var settings = new KeyValuePair<string, string>[names.Length + zipped.Length];
                for (var i = 0; i < names.Length; i++) settings[i] = new(names[i], values[i][position[i]]);
                for (var i = 0; i < zipped.Length; i++) settings[names.Length + i] = new(zipped[i].Key, zipped[i].Values[row]);
                yield return settings;
                last = names.Length - 1;
                while (last >= 0 && ++position[last] == values[last].Length) position[last--] = 0;
            }
        }
    }

    private static string[] Texts(JsonNode value) => value is JsonArray several ? [.. several.Select(one => one!.ToString())] : [value.ToString()];

    private static JsonObject Zip(Setting setting)
    {
        if (setting.Structure is not YamlMap { Entries.Count: > 0 } map) throw setting.Error($"{ZipKey} must be a mapping of lists of one length, such as {{p: [10, 20], train_samples: [45, 180]}}.");
        var block = new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, (JsonNode?)Values(entry.Key.Text, entry.Value, setting.Where))));
        var lengths = block.Select(pair => (pair.Key, ((JsonArray)pair.Value!).Count)).ToArray();
        return lengths.All(one => one.Count == lengths[0].Count) ? block
            : throw setting.Error($"{ZipKey}: the lists differ in length ({string.Join(", ", lengths.Select(one => $"{one.Key}: {one.Count}"))}); what goes together must be as long.");
    }

    private static JsonArray Cases(Setting setting)
    {
        if (setting.Structure is not YamlList { Items.Count: > 0 } list) throw setting.Error($"{CasesKey} must be a list of mappings, such as [{{seed: 1}}, {{seed: 2}}].");
        return new JsonArray([.. list.Items.Select(item =>
        {
            if (item is not YamlMap map) throw setting.Error($"each of the {CasesKey} must be a mapping (\"key: value\"), not {item.Kind}.");
            if (map.Entries.Any(entry => entry.Key.Text == CasesKey)) throw setting.Error($"{CasesKey} cannot hold {CasesKey}.");
            return (JsonNode)Read(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text,
                entry.Value is YamlScalar scalar ? new Setting(Scalar(entry.Key.Text, scalar, setting.Where), setting.Where) : new Setting("", setting.Where) { Structure = entry.Value })));
        })]);
    }

    private static JsonArray Values(string name, YamlNode node, string where)
    {
        var values = node switch
        {
            YamlList list => list.Items.Select(item => Scalar(name, item, where)),
            YamlMap { Entries: [var (form, arguments)] } => Series(name, form.Text, arguments, where),
            _ => throw new LocatedException(where, $"{name} must be a value, a list, or one of {{{string.Join(": [...]}, {", Forms)}: [...]}}."),
        };
        var all = values.Select(text => (JsonNode)JsonValue.Create(text)).ToArray();
        if (all.Length == 0) throw new LocatedException(where, $"{name}: the list is empty; give at least one value.");
        return new JsonArray(all);
    }

    private static string Scalar(string name, YamlNode node, string where) => node is YamlScalar { IsNull: false } scalar
        ? scalar.Text
        : throw new LocatedException(where, $"{name}: a single value is needed here, not {node.Kind}.");

    private static IEnumerable<string> Series(string name, string form, YamlNode arguments, string where)
    {
        if (!Forms.Contains(form)) throw new LocatedException(where, $"{name}: unknown form \"{form}\". {Suggest.Hint(form, Forms)}");
        if (form == "values") return arguments is YamlList given ? given.Items.Select(item => Scalar(name, item, where)) : throw new LocatedException(where, $"{name}: values takes a list.");
        var numbers = arguments is YamlList list ? list.Items.Select(item => Number(name, Scalar(name, item, where), where)).ToArray() : [];
        if (form == "range")
        {
            var step = numbers.Length == 3 ? numbers[2] : 1;
            if (numbers.Length is not (2 or 3) || numbers.Any(number => number != Math.Floor(number)) || step < 1 || numbers[1] < numbers[0] || (numbers[1] - numbers[0]) / step >= MostValues)
                throw new LocatedException(where, $"{name}: range takes whole numbers [first, last] or [first, last, step], upwards, the last included, at most {MostValues} values.");
            return Enumerable.Range(0, (int)((numbers[1] - numbers[0]) / step) + 1).Select(i => ((long)numbers[0] + (i * (long)step)).ToString(CultureInfo.InvariantCulture));
        }

        var logarithmic = form == "logspace";
        if (numbers is not [var from, var to, var count] || count != Math.Floor(count) || count is < 2 or > MostValues || (logarithmic && (from <= 0 || to <= 0)))
            throw new LocatedException(where, $"{name}: {form} takes [first, last, count] with a count of 2 to {MostValues}{(logarithmic ? " and both ends above zero" : "")}.");
        return Enumerable.Range(0, (int)count).Select(i =>
        {
            var share = i / (count - 1);
            var value = i == 0 ? from : share == 1 ? to : logarithmic ? Math.Pow(10, Mix(Math.Log10(from), Math.Log10(to), share)) : Mix(from, to, share);
            return value.ToString("R", CultureInfo.InvariantCulture);
        });

        static double Mix(double from, double to, double share) => from + ((to - from) * share);
    }

    private static double Number(string name, string text, string where) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new LocatedException(where, $"{name}: \"{text}\" is no number.");
}
