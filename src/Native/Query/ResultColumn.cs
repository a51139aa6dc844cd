using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>One column of a result, all rows.</summary>
public abstract unsafe class ResultColumn
{
    private protected ResultColumn(string name, Type type) => (Name, Type) = (name, type);

    public string Name { get; }

    /// <summary>
    /// Type of the values that are not null: bool, string, the .NET integer of the same width, float, double, or decimal (DECIMAL, and
    /// HUGEINT, which sums of integers have).
    /// </summary>
    public Type Type { get; }

    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The value of a row, null where there is none.</summary>
    public abstract object? this[int row] { get; }

    /// <summary>All values as numbers; null becomes NaN.</summary>
    /// <exception cref="GoldilocksException">The column does not hold numbers.</exception>
    public abstract double[] ToDoubles();

    /// <summary>All values as integers.</summary>
    /// <exception cref="GoldilocksException">The column does not hold integers, or holds a null.</exception>
    public abstract long[] ToIntegers();

    /// <summary>All values as text, null where there is none.</summary>
    /// <exception cref="GoldilocksException">The column does not hold text.</exception>
    public abstract string?[] ToTexts();

    /// <summary>Takes over the rows of one chunk.</summary>
    internal abstract void Decode(void* data, ulong* validity, int rows);
}
