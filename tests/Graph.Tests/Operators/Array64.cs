namespace Goldilocks.Graph.Tests.Operators;

/// <summary>A dense array in double, row-major: what the reference evaluator computes with.</summary>
internal sealed class Array64(int[] shape, double[] data)
{
    public Array64(params int[] shape)
        : this(shape, new double[shape.Aggregate(1, (product, size) => product * size)])
    {
    }

    public int[] Shape => shape;

    public double[] Data => data;

    /// <summary>Length of the last axis; 1 for a scalar.</summary>
    public int Columns => shape.Length == 0 ? 1 : shape[^1];

    public int Rows => data.Length / Columns;

    /// <summary>Element of the matrix whose rows are all leading axes.</summary>
    public double this[int row, int column]
    {
        get => data[(row * Columns) + column];
        set => data[(row * Columns) + column] = value;
    }

    public static Array64 Of(Tensor tensor) => new([.. tensor.Shape.Select(size => (int)size)], tensor.Type switch
    {
        ElementType.Int64 => [.. tensor.AsInt64s().ToArray().Select(value => (double)value)],
        ElementType.Bool => [.. tensor.Data.ToArray().Select(value => (double)value)],
        _ => [.. tensor.AsFloats().ToArray().Select(value => (double)value)],
    });

    public Array64 Map(Func<double, double> function) => new(shape, [.. data.Select(function)]);

    /// <summary>The first <paramref name="count"/> entries along the first axis.</summary>
    public Array64 Leading(int count) => new([count, .. shape.Skip(1)], data[..(data.Length / shape[0] * count)]);
}
