using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>Reads the value at an index of a vector's data.</summary>
internal unsafe delegate T Reader<out T>(void* data, int index);

/// <summary>A column of values of type <typeparamref name="T"/>.</summary>
internal sealed unsafe class ResultColumn<T>(string name, Reader<T> read) : ResultColumn(name, typeof(T))
{
    private readonly List<T> _values = [];
    private readonly HashSet<int> _nulls = [];

    public override int Count => _values.Count;

    public override object? this[int row] => _nulls.Contains(row) ? null : _values[row];

    public override double[] ToDoubles()
    {
        if (_values is List<double> doubles)
        {
            var copy = doubles.ToArray();
            foreach (var row in _nulls) copy[row] = double.NaN;
            return copy;
        }

        return typeof(T) == typeof(string) ? throw Holds("numbers") : All(value => value is null ? double.NaN : Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    public override long[] ToIntegers()
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(double) || typeof(T) == typeof(float)) throw Holds("integers");
        if (_nulls.Count > 0) throw new GoldilocksException($"column {Name} holds a null in row {_nulls.Min()} where an integer is needed");
        return _values is List<long> integers ? [.. integers] : All(value => Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    public override string?[] ToTexts() => typeof(T) == typeof(string) ? All(value => (string?)value) : throw Holds("text");

    internal override void Decode(void* data, ulong* validity, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            var valid = validity is null || (validity[i >> 6] >> (i & 63) & 1) != 0;
            if (!valid) _nulls.Add(_values.Count);
            _values.Add(valid ? read(data, i) : default!);
        }
    }

    private TValue[] All<TValue>(Func<object?, TValue> convert)
    {
        var values = new TValue[Count];
        for (var row = 0; row < values.Length; row++) values[row] = convert(this[row]);
        return values;
    }

    private GoldilocksException Holds(string kind) => new($"column {Name} holds {typeof(T).Name}, not {kind}");
}
