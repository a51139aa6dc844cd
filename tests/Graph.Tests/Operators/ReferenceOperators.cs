namespace Goldilocks.Graph.Tests.Operators;

/// <summary>
/// The readable twin: each operator's forward and backward as plain loops in double, by its definition in the ONNX operator set 20. It knows
/// nothing of padding, batches that ride along, fusion or transposed storage.
/// </summary>
internal static class ReferenceOperators
{
    public static Array64 Forward(Node node, Array64[] x) => node.OpType switch
    {
        "Gather" => Gather(x[0], x[1]),
        "Add" => Binary(x[0], x[1], (a, b) => a + b),
        "Sub" => Binary(x[0], x[1], (a, b) => a - b),
        "Mul" => Binary(x[0], x[1], (a, b) => a * b),
        "Neg" => x[0].Map(value => -value),
        "Tanh" => x[0].Map(Math.Tanh),
        "Relu" => x[0].Map(value => Math.Max(value, 0)),
        "MatMul" when x[1].Shape.Length > 2 => Stacked(x[0], x[1]),
        "MatMul" => Product(x[0], x[1], false, false, null),
        "Gemm" => Product(x[0], x[1], Flag(node, "transA"), Flag(node, "transB"), x.ElementAtOrDefault(2)),
        "ReduceSum" => Reduce(node, x, mean: false),
        "ReduceMean" => Reduce(node, x, mean: true),
        "Reshape" => Reshape(x[0], x[1]),
        "Softmax" => LogSoftmax(x[0]).Map(Math.Exp),
        "LogSoftmax" => LogSoftmax(x[0]),
        "Gelu" => x[0].Map(value => Gelu(value, IsTanh(node))),
        "LayerNormalization" => Normalised(node, x[0]) is var normal && x.Length > 2 ? Binary(Binary(normal, x[1], (a, b) => a * b), x[2], (a, b) => a + b) : Binary(normal, x[1], (a, b) => a * b),
        "Transpose" => Permute(x[0], Axes(node)),
        "Concat" => Concat(x),
        "Dropout" => Binary(x[0], Mask(x[0], x[1]), (a, mask) => a * mask),
        _ => throw new NotSupportedException(node.OpType),
    };

    /// <summary>Gradients of the inputs, given the output y and its gradient dy; null for inputs that have none (indices, axes, shapes).</summary>
    public static Array64?[] Backward(Node node, Array64[] x, Array64 y, Array64 dy) => node.OpType switch
    {
        "Gather" => [GatherGradient(x[0], x[1], dy), null],
        "Add" => [SumTo(dy, x[0]), SumTo(dy, x[1])],
        "Sub" => [SumTo(dy, x[0]), SumTo(dy.Map(value => -value), x[1])],
        "Mul" => [SumTo(Binary(dy, x[1], (g, b) => g * b), x[0]), SumTo(Binary(dy, x[0], (g, a) => g * a), x[1])],
        "Neg" => [dy.Map(value => -value)],
        "Tanh" => [Binary(dy, y, (g, t) => g * (1 - (t * t)))],
        "Relu" => [Binary(dy, x[0], (g, a) => a > 0 ? g : 0)],
        "MatMul" when x[1].Shape.Length > 2 => [Stacked(dy, Turned(x[1])), Stacked(Turned(x[0]), dy)],
        "MatMul" => ProductGradient(x, dy, false, false),
        "Gemm" => ProductGradient(x, dy, Flag(node, "transA"), Flag(node, "transB")),
        "ReduceSum" => [ReduceGradient(x[0], dy, mean: false), null],
        "ReduceMean" => [ReduceGradient(x[0], dy, mean: true), null],
        "Reshape" => [new Array64(x[0].Shape, dy.Data), null],
        "Softmax" => [SoftmaxGradient(y, dy)],
        "LogSoftmax" => [LogSoftmaxGradient(y, dy)],
        "Gelu" => [Binary(dy, x[0], (g, value) => g * GeluGradient(value, IsTanh(node)))],
        "LayerNormalization" => NormalisedGradient(node, x, dy),
        "Transpose" => [Permute(dy, [.. Enumerable.Range(0, dy.Shape.Length).Select(axis => Array.IndexOf(Axes(node), axis))])],
        "Concat" => [.. Parts(dy, [.. x.Select(part => part.Columns)])],
        "Dropout" => [Binary(dy, Mask(x[0], x[1]), (g, mask) => g * mask), null, null],
        _ => throw new NotSupportedException(node.OpType),
    };

    /// <summary>The parts of the last axis: equal ones, or of the sizes in the second input.</summary>
    public static Array64[] Split(Node node, Array64[] x) =>
        Parts(x[0], x.Length > 1 ? [.. x[1].Data.Select(size => (int)size)] : [.. node.Outputs.Select(_ => x[0].Columns / node.Outputs.Count)]);

    /// <summary>Joins along the last axis.</summary>
    public static Array64 Concat(Array64[] parts)
    {
        var z = new Array64([.. parts[0].Shape[..^1], parts.Sum(part => part.Columns)]);
        var start = 0;
        foreach (var part in parts)
        {
            for (var r = 0; r < z.Rows; r++)
                for (var c = 0; c < part.Columns; c++) z[r, start + c] = part[r, c];
            start += part.Columns;
        }

        return z;
    }

    private static Array64[] Parts(Array64 x, int[] sizes)
    {
        var start = 0;
        return [.. sizes.Select(size =>
        {
            var part = new Array64([.. x.Shape[..^1], size]);
            for (var r = 0; r < x.Rows; r++)
                for (var c = 0; c < size; c++) part[r, c] = x[r, start + c];
            start += size;
            return part;
        })];
    }

    private static int[] Axes(Node node) => [.. ((AttributeValue.Ints)node.Attributes["perm"]).Values.Select(axis => (int)axis)];

    private static Array64 Permute(Array64 x, int[] axes)
    {
        var y = new Array64([.. axes.Select(axis => x.Shape[axis])]);
        for (var i = 0; i < y.Data.Length; i++)
        {
            var (rest, index) = (i, new int[axes.Length]);
            for (var axis = axes.Length - 1; axis >= 0; axis--) (index[axes[axis]], rest) = (rest % y.Shape[axis], rest / y.Shape[axis]);
            y.Data[i] = x.Data[index.Select((position, axis) => position * x.Shape[(axis + 1)..].Aggregate(1, (product, size) => product * size)).Sum()];
        }

        return y;
    }

    private static bool IsTanh(Node node) => node.Attributes.TryGetValue("approximate", out var value) && value is AttributeValue.Text { Value: "tanh" };

    private static double Gelu(double x, bool tanh) => x * Cumulative(x, tanh);

    private static double GeluGradient(double x, bool tanh)
    {
        if (!tanh) return Cumulative(x, false) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
        var (c, d) = (Math.Sqrt(2 / Math.PI), Cumulative(x, true));
        return d + (x * 2 * d * (1 - d) * c * (1 + (3 * 0.044715 * x * x)));
    }

    /// <summary>Φ(x), or (1 + tanh(√(2/π)(x + 0.044715x³)))/2.</summary>
    private static double Cumulative(double x, bool tanh) =>
        tanh ? (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2 : MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);

    private static double Epsilon(Node node) => node.Attributes.TryGetValue("epsilon", out var value) ? ((AttributeValue.Float)value).Value : 1e-5f;

    private static Array64 Normalised(Node node, Array64 x)
    {
        var y = new Array64(x.Shape);
        for (var r = 0; r < x.Rows; r++)
        {
            var row = x.Data.AsSpan(r * x.Columns, x.Columns).ToArray();
            var mean = row.Average();
            var deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + Epsilon(node));
            for (var c = 0; c < x.Columns; c++) y[r, c] = (x[r, c] - mean) / deviation;
        }

        return y;
    }

    /// <summary>With n the normalised row and g = dy·scale: dx = (g − mean g − n·mean(g·n))/deviation.</summary>
    private static Array64[] NormalisedGradient(Node node, Array64[] x, Array64 dy)
    {
        var (n, g, dx) = (Normalised(node, x[0]), Binary(dy, x[1], (a, b) => a * b), new Array64(dy.Shape));
        for (var r = 0; r < dy.Rows; r++)
        {
            var columns = Enumerable.Range(0, dy.Columns).ToArray();
            var mean = columns.Average(c => x[0][r, c]);
            var deviation = Math.Sqrt(columns.Average(c => (x[0][r, c] - mean) * (x[0][r, c] - mean)) + Epsilon(node));
            var (meanG, meanGn) = (columns.Average(c => g[r, c]), columns.Average(c => g[r, c] * n[r, c]));
            foreach (var c in columns) dx[r, c] = (g[r, c] - meanG - (n[r, c] * meanGn)) / deviation;
        }

        var dScale = SumTo(Binary(dy, n, (a, b) => a * b), x[1]);
        return x.Length > 2 ? [dx, dScale, SumTo(dy, x[2])] : [dx, dScale];
    }

    /// <summary>The mask of the first dropout of a plan at its first step, under the seed 0.</summary>
    private static unsafe Array64 Mask(Array64 x, Array64 ratio)
    {
        var (y, mask, stride) = (new Array64(x.Shape), new float[x.Rows * Goldilocks.Numerics.Layout.Stride(x.Columns)], Goldilocks.Numerics.Layout.Stride(x.Columns));
        fixed (float* data = mask) Goldilocks.Numerics.DropoutMask.Fill(0, 0, 0, 0, x.Rows, x.Columns, stride, (float)ratio.Data[0], data);
        for (var r = 0; r < x.Rows; r++)
            for (var c = 0; c < x.Columns; c++) y[r, c] = mask[(r * stride) + c];
        return y;
    }

    private static bool Flag(Node node, string name) => node.Attributes.TryGetValue(name, out var value) && value is AttributeValue.Int { Value: not 0 };

    private static Array64 Gather(Array64 table, Array64 indices)
    {
        var y = new Array64(indices.Data.Length, table.Columns);
        for (var r = 0; r < y.Rows; r++)
            for (var c = 0; c < y.Columns; c++) y[r, c] = table[(int)indices.Data[r], c];
        return y;
    }

    private static Array64 GatherGradient(Array64 table, Array64 indices, Array64 dy)
    {
        var gradient = new Array64(table.Shape);
        for (var r = 0; r < dy.Rows; r++)
            for (var c = 0; c < dy.Columns; c++) gradient[(int)indices.Data[r], c] += dy[r, c];
        return gradient;
    }

    /// <summary>NumPy's broadcasting: axes align from the last; an axis of 1 or a missing axis repeats.</summary>
    private static Array64 Binary(Array64 x, Array64 y, Func<double, double, double> function)
    {
        var rank = Math.Max(x.Shape.Length, y.Shape.Length);
        var shape = Enumerable.Range(0, rank).Select(axis => Math.Max(Size(x, axis, rank), Size(y, axis, rank))).ToArray();
        var z = new Array64(shape);
        for (var i = 0; i < z.Data.Length; i++) z.Data[i] = function(x.Data[Source(x, shape, i)], y.Data[Source(y, shape, i)]);
        return z;
    }

    /// <summary>Adds up a gradient over the axes along which the operand repeated.</summary>
    private static Array64 SumTo(Array64 gradient, Array64 operand)
    {
        var sum = new Array64(operand.Shape);
        for (var i = 0; i < gradient.Data.Length; i++) sum.Data[Source(operand, gradient.Shape, i)] += gradient.Data[i];
        return sum;
    }

    private static int Size(Array64 x, int axis, int rank) => axis < rank - x.Shape.Length ? 1 : x.Shape[axis - rank + x.Shape.Length];

    /// <summary>Where element <paramref name="flat"/> of a result of the given shape comes from in an operand.</summary>
    private static int Source(Array64 operand, int[] shape, int flat)
    {
        var (source, step) = (0, 1);
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            var position = flat % shape[axis];
            flat /= shape[axis];
            var size = Size(operand, axis, shape.Length);
            if (size > 1) source += position * step;
            step *= size;
        }

        return source;
    }

    private static Array64 Product(Array64 a, Array64 b, bool transposeA, bool transposeB, Array64? bias)
    {
        var (left, right) = (transposeA ? Transpose(a) : a, transposeB ? Transpose(b) : b);
        var z = new Array64([.. left.Shape[..^1], right.Columns]);
        for (var i = 0; i < z.Rows; i++)
        {
            for (var j = 0; j < z.Columns; j++)
            {
                var sum = bias?.Data[j] ?? 0;
                for (var k = 0; k < left.Columns; k++) sum += left[i, k] * right[k, j];
                z[i, j] = sum;
            }
        }

        return z;
    }

    /// <summary>z[s, i, j] = Σ_k a[s, i, k]·b[s, k, j]; s runs over all leading axes.</summary>
    private static Array64 Stacked(Array64 a, Array64 b)
    {
        var (m, inner, n) = (a.Shape[^2], a.Columns, b.Columns);
        var z = new Array64([.. a.Shape[..^1], n]);
        for (var row = 0; row < z.Rows; row++)
            for (var j = 0; j < n; j++)
                for (var k = 0; k < inner; k++) z[row, j] += a[row, k] * b[(row / m * inner) + k, j];
        return z;
    }

    /// <summary>Each matrix of a stack transposed.</summary>
    private static Array64 Turned(Array64 x)
    {
        var (m, n) = (x.Shape[^2], x.Columns);
        var y = new Array64([.. x.Shape[..^2], n, m]);
        for (var row = 0; row < x.Rows; row++)
            for (var j = 0; j < n; j++) y[(row / m * n) + j, row % m] = x[row, j];
        return y;
    }

    private static Array64?[] ProductGradient(Array64[] x, Array64 dz, bool transposeA, bool transposeB)
    {
        var (left, right) = (transposeA ? Transpose(x[0]) : x[0], transposeB ? Transpose(x[1]) : x[1]);
        var rows = new Array64([dz.Rows, dz.Columns], dz.Data);
        var dLeft = Product(rows, Transpose(right), false, false, null);
        var dRight = Product(Transpose(new Array64([left.Rows, left.Columns], left.Data)), rows, false, false, null);
        var dA = transposeA ? Transpose(dLeft) : new Array64(x[0].Shape, dLeft.Data);
        var dB = transposeB ? Transpose(dRight) : dRight;
        return x.Length < 3 ? [dA, dB] : [dA, dB, SumTo(rows, x[2])];
    }

    private static Array64 Transpose(Array64 x)
    {
        var y = new Array64(x.Columns, x.Rows);
        for (var r = 0; r < x.Rows; r++)
            for (var c = 0; c < x.Columns; c++) y[c, r] = x[r, c];
        return y;
    }

    private static Array64 Reduce(Node node, Array64[] x, bool mean)
    {
        var keep = !node.Attributes.TryGetValue("keepdims", out var value) || value is AttributeValue.Int { Value: not 0 };
        var rank = x[0].Shape.Length;
        var axes = x.Length > 1 ? x[1].Data.Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet() : [.. Enumerable.Range(0, rank)];
        var shape = x[0].Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size).ToArray();
        var y = SumTo(x[0], new Array64(shape));
        if (mean) y = y.Map(sum => sum * y.Data.Length / x[0].Data.Length);
        return keep ? y : new Array64([.. shape.Where((_, axis) => !axes.Contains(axis))], y.Data);
    }

    /// <summary>The reduced axis is the last or all of them, so a result repeats over consecutive elements.</summary>
    private static Array64 ReduceGradient(Array64 x, Array64 dy, bool mean)
    {
        var repeats = x.Data.Length / dy.Data.Length;
        var gradient = new Array64(x.Shape);
        for (var i = 0; i < x.Data.Length; i++) gradient.Data[i] = dy.Data[i / repeats] / (mean ? repeats : 1);
        return gradient;
    }

    private static Array64 Reshape(Array64 x, Array64 to)
    {
        var shape = to.Data.Select((size, axis) => size == 0 ? x.Shape[axis] : (int)size).ToArray();
        var open = Array.IndexOf(shape, -1);
        if (open >= 0) shape[open] = x.Data.Length / shape.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        return new Array64(shape, x.Data);
    }

    private static Array64 LogSoftmax(Array64 x)
    {
        var y = new Array64(x.Shape);
        for (var r = 0; r < x.Rows; r++)
        {
            var max = double.NegativeInfinity;
            for (var c = 0; c < x.Columns; c++) max = Math.Max(max, x[r, c]);
            var sum = 0.0;
            for (var c = 0; c < x.Columns; c++) sum += Math.Exp(x[r, c] - max);
            for (var c = 0; c < x.Columns; c++) y[r, c] = x[r, c] - max - Math.Log(sum);
        }

        return y;
    }

    /// <summary>dx_i = s_i·(dy_i − Σ_j s_j dy_j).</summary>
    private static Array64 SoftmaxGradient(Array64 s, Array64 dy)
    {
        var dx = new Array64(s.Shape);
        for (var r = 0; r < s.Rows; r++)
        {
            var sum = 0.0;
            for (var c = 0; c < s.Columns; c++) sum += s[r, c] * dy[r, c];
            for (var c = 0; c < s.Columns; c++) dx[r, c] = s[r, c] * (dy[r, c] - sum);
        }

        return dx;
    }

    /// <summary>dx_i = dy_i − e^(y_i)·Σ_j dy_j.</summary>
    private static Array64 LogSoftmaxGradient(Array64 y, Array64 dy)
    {
        var dx = new Array64(y.Shape);
        for (var r = 0; r < y.Rows; r++)
        {
            var sum = 0.0;
            for (var c = 0; c < y.Columns; c++) sum += dy[r, c];
            for (var c = 0; c < y.Columns; c++) dx[r, c] = dy[r, c] - (Math.Exp(y[r, c]) * sum);
        }

        return dx;
    }
}
