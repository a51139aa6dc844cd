using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary>
/// Binary operations by name, each with all its ordered pairs: those of Power et al. (2022) beside the paper's own. Unordered pairs:
/// <see cref="SampleSet.Addition"/> and <see cref="SampleSet.ModularAddition"/>.
/// </summary>
/// <remarks>Multiplication commutes but 0·b = 0: only an embedding that sends all symbols to one place has all of its parallelograms.</remarks>
public static class Operations
{
    /// <summary>What the name of a group's operation begins with.</summary>
    public const string GroupPrefix = "group_";

    private const string Division = "modular_divide";

    private static readonly (string Name, Func<int, SampleSet> Create)[] Table =
    [
        ("modular_add", p => SampleSet.ModularAddition(p, ordered: true)),
        ("modular_subtract", p => SampleSet.Modular("modular_subtract", p, (a, b) => (a - b + p) % p)),
        ("modular_multiply", p => SampleSet.Modular("modular_multiply", p, (a, b) => a * b % p)),
        (Division, Divide),
        ("x2+y2", p => SampleSet.Modular("x2+y2", p, (a, b) => ((a * a) + (b * b)) % p)),
        ("x2+xy+y2", p => SampleSet.Modular("x2+xy+y2", p, (a, b) => ((a * a) + (a * b) + (b * b)) % p)),
        ("x3+xy", p => SampleSet.Modular("x3+xy", p, (a, b) => ((a * a * a) + (a * b)) % p)),
        ("add", p => SampleSet.Addition(p, ordered: true)),
    ];

    /// <summary>The names that <see cref="Parse"/> knows; <c>group_NAME</c> stands for every group of <see cref="Groups.Names"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table.Select(operation => operation.Name), GroupPrefix + "NAME"];

    /// <summary>All ordered pairs of an operation.</summary>
    /// <param name="name">
    /// One of <see cref="Names"/>, modulo P all but <c>add</c> and the groups. <c>modular_divide</c> is a·b⁻¹, without the pairs
    /// whose b is 0.
    /// </param>
    /// <param name="p">P, 2..1024; a prime for <c>modular_divide</c>; for a group its number of elements, nothing else.</param>
    /// <returns>P² samples, P(P-1) of a division; P classes, 2P-1 of <c>add</c>.</returns>
    /// <exception cref="GoldilocksException">No such name, or a P that the operation does not have.</exception>
    public static SampleSet Parse(string name, int p)
    {
        if (name.StartsWith(GroupPrefix, StringComparison.Ordinal)) return OfGroup(name, p);
        var create = Array.Find(Table, operation => operation.Name == name).Create ?? throw new GoldilocksException($"unknown operation \"{name}\". {Suggest.Hint(name, Names)}");
        if (p is < 2 or > SampleSet.MostSymbols) throw new GoldilocksException($"p = {p} is outside 2..{SampleSet.MostSymbols}.");
        return create(p);
    }

    private static SampleSet OfGroup(string name, int p)
    {
        var group = Groups.Parse(name[GroupPrefix.Length..]);
        return group.Order == p ? SampleSet.Group(group) : throw new GoldilocksException($"p = {p}, but {name} has {group.Order} elements; p must be {group.Order}.");
    }

    private static SampleSet Divide(int p)
    {
        if (!IsPrime(p)) throw new GoldilocksException($"p = {p} is not prime, so {Division} has no result for some pairs; the nearest prime is {NearestPrime(p)}.");
        var inverse = new int[p];
        inverse[1] = 1;

        // p = (p / b)·b + p % b, so b⁻¹ = -(p / b)·(p % b)⁻¹ modulo p.
        for (var b = 2; b < p; b++) inverse[b] = (p - (p / b)) * inverse[p % b] % p;
        return SampleSet.Modular(Division, p, (a, b) => a * inverse[b] % p, smallestSecond: 1);
    }

    private static int NearestPrime(int p) => Enumerable.Range(2, SampleSet.MostSymbols - 1).Where(IsPrime).MinBy(prime => Math.Abs(prime - p));

    private static bool IsPrime(int number)
    {
        for (var divisor = 2; divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0) return false;
        }

        return number > 1;
    }
}
