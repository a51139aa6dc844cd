using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary>A finite group on the elements 0..P-1, given by its multiplication table and checked against the axioms. Immutable.</summary>
public sealed class GroupTable
{
    /// <summary>The largest number of elements; checking associativity takes P³ look-ups.</summary>
    public const int MostElements = 256;

    private const int LargestDegree = 5;

    private const int LongestName = 2048;

    private readonly int[] _products;

    private GroupTable(string name, int order, int[] products, int identity)
    {
        Name = name;
        Order = order;
        Identity = identity;
        _products = products;
    }

    /// <summary>Its name in files, such as <c>s3</c>.</summary>
    public string Name { get; }

    /// <summary>P, the number of elements.</summary>
    public int Order { get; }

    /// <summary>The neutral element.</summary>
    public int Identity { get; }

    /// <summary>Whether a·b = b·a throughout.</summary>
    public bool Commutative
    {
        get
        {
            for (var a = 0; a < Order; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    if (Product(a, b) != Product(b, a)) return false;
                }
            }

            return true;
        }
    }

    /// <summary>The group with this table.</summary>
    /// <param name="name">Lower-case letters, digits and underscores.</param>
    /// <param name="rows">Row a, column b: the element a·b. P rows of P entries, P in 1..256.</param>
    /// <exception cref="GoldilocksException">The table breaks an axiom; the message says which one and where.</exception>
    public static GroupTable Of(string name, int[][] rows)
    {
        if (name.Length is 0 or > LongestName || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            throw new GoldilocksException($"a group's name has 1 to {LongestName} lower-case letters, digits and underscores");
        }

        var order = rows.Length;
        if (order is 0 or > MostElements) throw Broken(name, $"has {order} rows, outside 1..{MostElements}");
        for (var a = 0; a < order; a++)
        {
            if (rows[a].Length != order) throw Broken(name, $"row {a} has {rows[a].Length} entries for {order} rows; it must be square");
            var outside = Array.FindIndex(rows[a], entry => (uint)entry >= (uint)order);
            if (outside >= 0) throw Broken(name, $"entry ({a}, {outside}) is {rows[a][outside]}, outside 0..{order - 1}");
        }

        var products = rows.SelectMany(row => row).ToArray();
        var identity = Enumerable.Range(0, order)
            .Where(e => Enumerable.Range(0, order).All(a => products[(e * order) + a] == a && products[(a * order) + e] == a))
            .DefaultIfEmpty(-1).First();
        if (identity < 0) throw Broken(name, $"has no identity; one element's row and column must both read 0..{order - 1}");
        for (var a = 0; a < order; a++)
        {
            var inverse = Array.IndexOf(rows[a], identity);
            if (inverse < 0 || products[(inverse * order) + a] != identity) throw Broken(name, $"element {a} has no inverse; row {a} needs the identity {identity} where column {a} has it too");
        }

        CheckAssociative(name, order, products);
        return new GroupTable(name, order, products, identity);
    }

    /// <summary>
    /// The symmetric group: permutations of 0..degree-1 in lexicographic order, with (a·b)[k] = b[a[k]]. Degree 3 is the paper's S3
    /// (§4.1, appendix H).
    /// </summary>
    /// <param name="degree">1..5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degree is out of range.</exception>
    public static GroupTable Symmetric(int degree)
    {
        var permutations = Permutations(degree);
        var rows = Array.ConvertAll(permutations, a => Array.ConvertAll(permutations, b =>
        {
            var composed = Array.ConvertAll(a, k => b[k]);
            return Array.FindIndex(permutations, c => c.AsSpan().SequenceEqual(composed));
        }));
        return Of($"s{degree}", rows);
    }

    /// <summary>The permutation matrices of <see cref="Symmetric"/>, E_a[k, a[k]] = 1: E_a·E_b = E_ab.</summary>
    /// <returns>[degree!, degree, degree], row-major.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degree is outside 1..5.</exception>
    public static float[] PermutationMatrices(int degree)
    {
        var permutations = Permutations(degree);
        var matrices = new float[permutations.Length * degree * degree];
        for (var a = 0; a < permutations.Length; a++)
        {
            for (var k = 0; k < degree; k++) matrices[(((a * degree) + k) * degree) + permutations[a][k]] = 1;
        }

        return matrices;
    }

    /// <summary>a·b.</summary>
    public int Product(int a, int b) => _products[(a * Order) + b];

    /// <summary>The element whose product with <paramref name="a"/> is the identity.</summary>
    public int Inverse(int a) => _products.AsSpan(a * Order, Order).IndexOf(Identity);

    /// <summary>The regular representation, which every group has: E_a[g, g·a] = 1, so E_a·E_b = E_ab.</summary>
    /// <returns>[P, P, P], row-major.</returns>
    public float[] RegularRepresentation()
    {
        var matrices = new float[Order * Order * Order];
        for (var a = 0; a < Order; a++)
        {
            for (var g = 0; g < Order; g++) matrices[(((a * Order) + g) * Order) + Product(g, a)] = 1;
        }

        return matrices;
    }

    private static void CheckAssociative(string name, int order, ReadOnlySpan<int> products)
    {
        for (var a = 0; a < order; a++)
        {
            for (var b = 0; b < order; b++)
            {
                var ab = products[(a * order) + b];
                for (var c = 0; c < order; c++)
                {
                    var (left, right) = (products[(ab * order) + c], products[(a * order) + products[(b * order) + c]]);
                    if (left != right) throw Broken(name, $"is not associative: ({a}·{b})·{c} = {left}, but {a}·({b}·{c}) = {right}");
                }
            }
        }
    }

    private static int[][] Permutations(int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degree, LargestDegree);
        IEnumerable<int[]> found = [[]];
        for (var position = 0; position < degree; position++)
        {
            found = found.SelectMany(prefix => Enumerable.Range(0, degree).Except(prefix).Select(next => (int[])[.. prefix, next]));
        }

        return [.. found];
    }

    private static GoldilocksException Broken(string name, string what) => new($"group table \"{name}\" {what}");
}
