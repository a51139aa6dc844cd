using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>ONNX's <c>LayerNormalization</c> of each row: y = (x − mean)/√(variance + ε)·scale + bias, with the biased variance. Nothing is allocated.</summary>
public static unsafe class Normalization
{
    /// <summary>Normalises rows and keeps what the gradient needs.</summary>
    /// <param name="x">[rows × columns].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of x and y.</param>
    /// <param name="scale">[columns], zero in the padding.</param>
    /// <param name="bias">[columns], zero in the padding; null for none.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="y">[rows × columns]; its padding becomes zero.</param>
    /// <param name="mean">[rows].</param>
    /// <param name="inverse">[rows]: 1/√(variance + ε).</param>
    /// <param name="set">Vector width.</param>
    public static void Forward(float* x, int rows, int columns, int stride, float* scale, float* bias, float epsilon, float* y, float* mean, float* inverse, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Forward<Simd16>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
            case InstructionSet.Vector256: Forward<Simd8>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
            case InstructionSet.Vector128: Forward<Simd4>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
            default: Forward<Simd1>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
        }
    }

    /// <summary>With n the normalised row and g = dy·scale: dx = (g − mean(g) − n·mean(g·n))·inverse.</summary>
    /// <param name="x">What was normalised, [rows × columns].</param>
    /// <param name="dy">Gradient of y.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of x, dy and dx.</param>
    /// <param name="scale">[columns].</param>
    /// <param name="mean">As <see cref="Forward(float*, int, int, int, float*, float*, float, float*, float*, float*, InstructionSet)"/> left it.</param>
    /// <param name="inverse">Likewise.</param>
    /// <param name="dx">Gradient of x; may be dy. Its padding becomes zero.</param>
    /// <param name="set">Vector width.</param>
    public static void Gradient(float* x, float* dy, int rows, int columns, int stride, float* scale, float* mean, float* inverse, float* dx, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Gradient<Simd16>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
            case InstructionSet.Vector256: Gradient<Simd8>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
            case InstructionSet.Vector128: Gradient<Simd4>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
            default: Gradient<Simd1>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
        }
    }

    /// <summary>dScale = Σ_r dy·n, the sum over rows of the gradient times the normalised row.</summary>
    /// <param name="x">What was normalised, [rows × columns].</param>
    /// <param name="dy">Gradient of y.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Floats between rows of x and dy, a multiple of <see cref="Layout.Lanes"/>.</param>
    /// <param name="mean">As the forward pass left it.</param>
    /// <param name="inverse">Likewise.</param>
    /// <param name="dScale">[stride].</param>
    /// <param name="set">Vector width.</param>
    public static void ScaleGradient(float* x, float* dy, int rows, int stride, float* mean, float* inverse, float* dScale, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: ScaleGradient<Simd16>(x, dy, rows, stride, mean, inverse, dScale); break;
            case InstructionSet.Vector256: ScaleGradient<Simd8>(x, dy, rows, stride, mean, inverse, dScale); break;
            case InstructionSet.Vector128: ScaleGradient<Simd4>(x, dy, rows, stride, mean, inverse, dScale); break;
            default: ScaleGradient<Simd1>(x, dy, rows, stride, mean, inverse, dScale); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<V>(float* x, int rows, int columns, int stride, float* scale, float* bias, float epsilon, float* y, float* mean, float* inverse)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        var inside = stackalloc float[padded];
        var sums = stackalloc float[Layout.Lanes];
        Reductions.MarkColumns(inside, columns, padded);
        for (var r = 0; r < rows; r++, x += stride, y += stride)
        {
            Reductions.SumRows<V>(x, padded / Layout.Lanes, Layout.Lanes, Layout.Lanes, sums, accumulate: false);
            mean[r] = Reductions.Fold(sums) / columns;
            var m = V.Broadcast(mean[r]);
            for (var c = 0; c < padded; c += V.Lanes) V.WherePositive(V.Load(inside + c), V.Load(x + c) - m).Store(y + c);
            inverse[r] = 1 / MathF.Sqrt((Reductions.DotProduct<V>(y, y, padded) / columns) + epsilon);
            var i = V.Broadcast(inverse[r]);
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var n = V.Load(y + c) * i;
                (bias is null ? n * V.Load(scale + c) : V.FusedMultiplyAdd(n, V.Load(scale + c), V.Load(bias + c))).Store(y + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradient<V>(float* x, float* dy, int rows, int columns, int stride, float* scale, float* mean, float* inverse, float* dx)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        var inside = stackalloc float[padded];
        var g = stackalloc float[padded];
        var n = stackalloc float[padded];
        var sums = stackalloc float[Layout.Lanes];
        Reductions.MarkColumns(inside, columns, padded);
        for (var r = 0; r < rows; r++, x += stride, dy += stride, dx += stride)
        {
            var (m, i) = (V.Broadcast(mean[r]), V.Broadcast(inverse[r]));
            for (var c = 0; c < padded; c += V.Lanes)
            {
                ((V.Load(x + c) - m) * i).Store(n + c);
                (V.Load(dy + c) * V.Load(scale + c)).Store(g + c);
            }

            Reductions.SumRows<V>(g, padded / Layout.Lanes, Layout.Lanes, Layout.Lanes, sums, accumulate: false);
            var meanG = V.Broadcast(Reductions.Fold(sums) / columns);
            var minusMeanGn = V.Broadcast(-Reductions.DotProduct<V>(g, n, padded) / columns);
            for (var c = 0; c < padded; c += V.Lanes)
                V.WherePositive(V.Load(inside + c), V.FusedMultiplyAdd(V.Load(n + c), minusMeanGn, V.Load(g + c) - meanG) * i).Store(dx + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleGradient<V>(float* x, float* dy, int rows, int stride, float* mean, float* inverse, float* dScale)
        where V : unmanaged, ISimd<V>
    {
        new Span<float>(dScale, stride).Clear();
        for (var r = 0; r < rows; r++, x += stride, dy += stride)
        {
            var (m, i) = (V.Broadcast(mean[r]), V.Broadcast(inverse[r]));
            for (var c = 0; c < stride; c += V.Lanes)
                V.FusedMultiplyAdd(V.Load(dy + c), (V.Load(x + c) - m) * i, V.Load(dScale + c)).Store(dScale + c);
        }
    }
}
