using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary>Binary operations by name, on all ordered pairs: those of Power et al. (2022) modulo P, plain addition, and the products of groups.</summary>
public static class Operations
{
    /// <summary>The names that <see cref="Parse"/> knows, in words.</summary>
    public const string Names =
        "add, modular_add, modular_subtract, modular_multiply, modular_divide (p prime; b = 0 left out), x2+y2, x2+xy+y2, x3+xy (these modulo p), or group_NAME (group_s5; p is its order)";

    private const string GroupPrefix = "group_";

    private static readonly Dictionary<string, Func<long, long, long>> Modular = new(StringComparer.Ordinal)
    {
        ["modular_subtract"] = (a, b) => a - b,
        ["modular_multiply"] = (a, b) => a * b,
        ["x2+y2"] = (a, b) => (a * a) + (b * b),
        ["x2+xy+y2"] = (a, b) => (a * a) + (a * b) + (b * b),
        ["x3+xy"] = (a, b) => (a * a * a) + (a * b),
    };

    /// <summary>All samples of an operation.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="p">P, 2..1024; a group's number of elements.</param>
    /// <exception cref="GoldilocksException">No such operation, or P does not fit it.</exception>
    public static SampleSet Parse(string name, int p)
    {
        if (Modular.TryGetValue(name, out var result)) return SampleSet.Modular(name, p, result);
        return name switch
        {
            "add" => SampleSet.Addition(p, ordered: true),
            "modular_add" => SampleSet.ModularAddition(p, ordered: true),
            "modular_divide" => SampleSet.Division(p),
            _ when name.StartsWith(GroupPrefix, StringComparison.Ordinal) => Group(Groups.Parse(name[GroupPrefix.Length..]), p),
            _ => throw new GoldilocksException($"operation: \"{name}\" is unknown; expected {Names}. {Suggest.Hint(name, ["add", "modular_add", "modular_divide", .. Modular.Keys])}"),
        };
    }

    private static SampleSet Group(GroupTable group, int p) => group.Order == p ? SampleSet.Group(group)
        : throw new GoldilocksException($"p: group {group.Name} has {group.Order} elements, not {p}. Choose p = {group.Order}.");
}
