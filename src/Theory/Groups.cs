using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary>Finite groups by name. Element 0 is always the identity, except where a written-out table says otherwise.</summary>
public static class Groups
{
    /// <summary>The names that <see cref="Parse"/> knows, in words.</summary>
    public const string Names =
        "s1..s5 (permutations), c1..c256 (cyclic), d1..d128 (dihedral, of 2 to 256 elements), q8, q12, .., q256 (quaternion, by the number of elements), " +
        "factors joined by x (c2xs3), or a table of up to 36 rows of digits 0-9a-z joined by _ (01_10)";

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The group of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>. In a table, row a, column b is the element a·b.</param>
    /// <exception cref="GoldilocksException">No such name, more than 256 elements, or a table that breaks an axiom.</exception>
    public static GroupTable Parse(string name) => name.Contains('_', StringComparison.Ordinal)
        ? GroupTable.Of(name, Array.ConvertAll(name.Split('_'), row => row.Select(digit => Digits.IndexOf(digit, StringComparison.Ordinal)).ToArray()))
        : name.Split('x').Select(factor => Factor(factor) ?? throw new GoldilocksException($"\"{name}\" is no group known here; expected {Names}.")).Aggregate(DirectProduct);

    /// <summary>Addition modulo <paramref name="order"/>, <c>cN</c>.</summary>
    /// <param name="order">1..256.</param>
    public static GroupTable Cyclic(int order) => Build($"c{order}", order, (a, b) => (a + b) % order);

    /// <summary>The symmetries of a regular polygon, <c>dN</c>: element i is the rotation by i corners, element N + i that rotation after a reflection.</summary>
    /// <param name="corners">N, 1..128.</param>
    public static GroupTable Dihedral(int corners) => Build($"d{corners}", 2 * corners, Reflecting(corners, square: 0));

    /// <summary>The generalised quaternion group, <c>qN</c>: r^i and r^i·s, with r^(N/2) = 1, s·r = r⁻¹·s and s² = r^(N/4). For N = 8: ±1, ±i, ±j, ±k.</summary>
    /// <param name="order">N, a multiple of 4 in 8..256.</param>
    public static GroupTable Quaternion(int order) => Build($"q{order}", order, Reflecting(order / 2, square: order / 4));

    /// <summary>All pairs (a, b) with the product taken in each place; number a·|second| + b.</summary>
    /// <exception cref="GoldilocksException">More than 256 elements.</exception>
    public static GroupTable DirectProduct(GroupTable first, GroupTable second)
    {
        var (name, n) = ($"{first.Name}x{second.Name}", second.Order);
        if (first.Order * n > GroupTable.MostElements) throw new GoldilocksException($"group {name} has {first.Order * n} elements, more than {GroupTable.MostElements}.");
        return Build(name, first.Order * n, (a, b) => (first.Product(a / n, b / n) * n) + second.Product(a % n, b % n));
    }

    private static GroupTable? Factor(string name)
    {
        if (name.Length < 2 || name[1] == '0' || !int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return (name[0], number) switch
        {
            ('s', >= 1 and <= 5) => GroupTable.Symmetric(number),
            ('c', >= 1 and <= GroupTable.MostElements) => Cyclic(number),
            ('d', >= 1 and <= GroupTable.MostElements / 2) => Dihedral(number),
            ('q', >= 8 and <= GroupTable.MostElements) when number % 4 == 0 => Quaternion(number),
            _ => null,
        };
    }

    /// <summary>r^i·s^e is element e·n + i, with r^n = 1, s·r = r⁻¹·s and s² = r^square.</summary>
    private static Func<int, int, int> Reflecting(int n, int square) => (a, b) =>
    {
        var ((i, e), (j, f)) = ((a % n, a / n), (b % n, b / n));
        var power = i + (e == 0 ? j : n - j) + (e + f == 2 ? square : 0);
        return ((e ^ f) * n) + (power % n);
    };

    private static GroupTable Build(string name, int order, Func<int, int, int> product) =>
        GroupTable.Of(name, [.. Enumerable.Range(0, order).Select(a => Enumerable.Range(0, order).Select(b => product(a, b)).ToArray())]);
}
