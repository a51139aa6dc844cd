using System.Globalization;

namespace Goldilocks.Report;

/// <summary>A parameter that varies between runs, and its values in order.</summary>
internal sealed class SweepAxis
{
    /// <summary>By how much a step may differ from the mean step, as a share of it. In the logarithm 1, 3, 10, 30 pass, and 1, 2, 5, 10 do not.</summary>
    private const double Unevenness = 0.05;

    private readonly Dictionary<string, int> _places;

    /// <param name="parameter">As in the table of runs.</param>
    /// <param name="values">Any order; the same value may come several times. Numbers are sorted by size, texts by their letters.</param>
    public SweepAxis(string parameter, IEnumerable<object?> values)
    {
        Parameter = parameter;
        object?[] distinct = [.. values.Distinct()];
        IsNumeric = Array.TrueForAll(distinct, value => value is not null && Number(value) is { } number && double.IsFinite(number));
        Values = IsNumeric ? [.. distinct.Select(value => Number(value)!.Value).Distinct().Order()] : [];
        Kind = KindOf(Values);
        string[] keys = IsNumeric ? [.. Values.Select(Key)] : [.. distinct.Select(Key).Order(StringComparer.Ordinal)];
        _places = keys.Select((key, i) => (key, i)).ToDictionary(pair => pair.key, pair => pair.i, StringComparer.Ordinal);
        string[] shortened = [.. Values.Select(Numbers.Parameter)];
        Labels = IsNumeric && shortened.Distinct().Count() == keys.Length ? shortened : keys;
    }

    public string Parameter { get; }

    public AxisKind Kind { get; }

    public bool IsNumeric { get; }

    /// <summary>The values ascending; empty where they are not all numbers.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The values as words, in order and all different.</summary>
    public IReadOnlyList<string> Labels { get; }

    public int Count => Labels.Count;

    /// <summary>The parameter in words: "Decoder learning rate" for decoder_lr.</summary>
    public string Title => Parameter switch
    {
        "p" => "Symbols p",
        "train_fraction" => "Training data fraction",
        "train_images" => "Training images",
        "train_samples" => "Training samples",
        "feed_forward" => "Feed-forward units",
        _ => Words,
    };

    private string Words => Terms.Capital(string.Join(' ', Parameter.Split('_').Select(word => word == "lr" ? "learning rate" : word)));

    /// <summary>Whether it is a learning rate.</summary>
    public bool IsLearningRate => Parameter.Split('_')[^1] == "lr";

    /// <summary>Place of a value, from 0 on.</summary>
    public int IndexOf(object? value) => _places[Key(Number(value) is { } number && IsNumeric ? number : value)];

    /// <summary>Edges of a cell, halfway to its neighbours on the axis; only on logarithmic and linear axes.</summary>
    public (double From, double To) Edges(int index) => (Edge(index), Edge(index + 1));

    /// <summary>The lower edge of a cell.</summary>
    private double Edge(int index)
    {
        var logarithmic = Kind == AxisKind.Logarithmic;
        double At(int i) => logarithmic ? Math.Log(Values[i]) : Values[i];
        var edge = index == 0 ? At(0) - ((At(1) - At(0)) / 2)
            : index == Count ? At(Count - 1) + ((At(Count - 1) - At(Count - 2)) / 2)
            : (At(index - 1) + At(index)) / 2;
        return logarithmic ? Math.Exp(edge) : edge;
    }

    private static AxisKind KindOf(IReadOnlyList<double> values)
    {
        if (values.Count < 3) return AxisKind.Ordinal;
        if (IsEven(values)) return AxisKind.Linear;
        return values[0] > 0 && IsEven([.. values.Select(value => Math.Log(value))]) ? AxisKind.Logarithmic : AxisKind.Ordinal;
    }

    private static bool IsEven(IReadOnlyList<double> values)
    {
        var mean = (values[^1] - values[0]) / (values.Count - 1);
        return values.Zip(values.Skip(1), (a, b) => b - a).All(step => Math.Abs(step - mean) <= Unevenness * mean);
    }

    private static double? Number(object? value) => value is null or string or bool ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Key(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Key(object? value) => value is double number ? Key(number) : Numbers.Setting(value);
}
