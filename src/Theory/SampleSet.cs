using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary>
/// The full dataset D0 of a binary operation on the symbols 0..P-1, in canonical order: (0,0),(0,1),..,(0,P-1),(1,1),.. for unordered
/// samples, row by row for ordered ones. Immutable.
/// </summary>
public sealed class SampleSet
{
    /// <summary>The largest P.</summary>
    internal const int MostSymbols = 1024;

    private readonly int _smallestSecond;

    private SampleSet(string operation, int symbols, bool ordered, int classes, Func<int, int, int> label, int smallestSecond = 0)
    {
        Operation = operation;
        Symbols = symbols;
        Ordered = ordered;
        Classes = classes;
        _smallestSecond = smallestSecond;
        Count = ordered ? symbols * (symbols - smallestSecond) : PairCount(symbols);
        First = new int[Count];
        Second = new int[Count];
        Labels = new int[Count];
        var sample = 0;
        for (var a = 0; a < symbols; a++)
        {
            for (var b = ordered ? smallestSecond : a; b < symbols; b++, sample++) (First[sample], Second[sample], Labels[sample]) = (a, b, label(a, b));
        }

        IsCommutative = smallestSecond == 0 && Enumerable.Range(0, Count).All(s => Labels[s] == Labels[IndexOf(Second[s], First[s])]);
    }

    /// <summary>The operation's name in files: one of <see cref="Operations.Names"/>, or <c>abelian_2x4</c> and the like.</summary>
    public string Operation { get; }

    /// <summary>P, the number of symbols.</summary>
    public int Symbols { get; }

    /// <summary>Whether (a, b) and (b, a) are two samples.</summary>
    public bool Ordered { get; }

    /// <summary>Whether (b, a) is a sample with the result of (a, b) throughout.</summary>
    public bool IsCommutative { get; }

    /// <summary>|D0|: P(P+1)/2 unordered or P² ordered samples; P(P-1) for division, which has none with b = 0.</summary>
    public int Count { get; }

    /// <summary>Number of results, 2P-1 for addition and P otherwise.</summary>
    public int Classes { get; }

    /// <summary>First symbol of each sample [Count].</summary>
    public int[] First { get; }

    /// <summary>Second symbol of each sample [Count].</summary>
    public int[] Second { get; }

    /// <summary>Result of each sample [Count], in 0..Classes-1.</summary>
    public int[] Labels { get; }

    /// <summary>Addition a + b; of unordered pairs, the paper's toy task (§2).</summary>
    /// <param name="symbols">P, 2..1024.</param>
    /// <param name="ordered">Whether (a, b) and (b, a) are two samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">P is out of range.</exception>
    public static SampleSet Addition(int symbols, bool ordered = false) => new("add", Checked(symbols), ordered, (2 * symbols) - 1, (a, b) => a + b);

    /// <summary>Addition modulo P of unordered or ordered pairs.</summary>
    /// <param name="symbols">P, 2..1024.</param>
    /// <param name="ordered">Whether (a, b) and (b, a) are two samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">P is out of range.</exception>
    public static SampleSet ModularAddition(int symbols, bool ordered)
        => new("modular_add", Checked(symbols), ordered, symbols, (a, b) => (a + b) % symbols);

    /// <summary>
    /// The operation of the finite abelian group Z_m1 × Z_m2 × ... (appendix B). Symbol and label number an element by its components
    /// in mixed radix, the last one running fastest. One factor is addition modulo it.
    /// </summary>
    /// <param name="ordered">Whether (a, b) and (b, a) are two samples.</param>
    /// <param name="orders">m1, m2, ..: the cyclic factors' orders, each at least 2, with a product P of at most 1024.</param>
    /// <exception cref="GoldilocksException">No factor, a factor below 2, or too large a product.</exception>
    public static SampleSet AbelianGroup(bool ordered, params int[] orders)
    {
        if (orders.Length == 0) throw new GoldilocksException("an abelian group needs at least one cyclic factor, such as 2 x 4");
        long symbols = 1;
        foreach (var order in orders)
        {
            if (order < 2) throw new GoldilocksException($"a cyclic factor of order {order} is outside 2..{MostSymbols}");
            symbols *= order;
            if (symbols > MostSymbols) throw new GoldilocksException($"the cyclic factors {string.Join(" x ", orders)} have a product above {MostSymbols}; use fewer or smaller ones");
        }

        if (orders.Length == 1) return ModularAddition(orders[0], ordered);
        var factors = (int[])orders.Clone();
        return new("abelian_" + string.Join('x', factors), (int)symbols, ordered, (int)symbols, (a, b) => SumInMixedRadix(a, b, factors));
    }

    /// <summary>The operation of any finite group, on ordered pairs. Where it does not commute only <see cref="ProductParallelogramSet"/> applies.</summary>
    public static SampleSet Group(GroupTable table) => new("group_" + table.Name, table.Order, ordered: true, table.Order, table.Product);

    /// <summary>Canonical index of sample (a, b); for unordered samples the order of the two does not matter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A symbol is outside 0..P-1, or b is 0 and divides.</exception>
    public int IndexOf(int a, int b)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(a, Symbols);
        ArgumentOutOfRangeException.ThrowIfLessThan(b, _smallestSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(b, Symbols);
        return Ordered ? (a * (Symbols - _smallestSecond)) + b - _smallestSecond : PairIndex(a, b, Symbols);
    }

    /// <summary>An operation with P results on ordered pairs.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="symbols">P, 2..1024.</param>
    /// <param name="label">The result of (a, b), in 0..P-1.</param>
    /// <param name="smallestSecond">The first b that has a result.</param>
    /// <exception cref="ArgumentOutOfRangeException">P is out of range.</exception>
    internal static SampleSet Modular(string operation, int symbols, Func<int, int, int> label, int smallestSecond = 0)
        => new(operation, Checked(symbols), ordered: true, symbols, label, smallestSecond);

    /// <summary>Index of the unordered pair {a, b} among all P(P+1)/2.</summary>
    internal static int PairIndex(int a, int b, int symbols)
    {
        var (low, high) = a <= b ? (a, b) : (b, a);
        return (low * symbols) - (low * (low - 1) / 2) + high - low;
    }

    internal static int PairCount(int symbols) => symbols * (symbols + 1) / 2;

    private static int SumInMixedRadix(int a, int b, ReadOnlySpan<int> orders)
    {
        var (sum, place) = (0, 1);
        for (var k = orders.Length - 1; k >= 0; k--)
        {
            sum += ((a % orders[k]) + (b % orders[k])) % orders[k] * place;
            place *= orders[k];
            a /= orders[k];
            b /= orders[k];
        }

        return sum;
    }

    private static int Checked(int symbols)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols, MostSymbols);
        return symbols;
    }
}
