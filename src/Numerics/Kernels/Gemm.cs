using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Elementwise work on C while it is still in the cache.</summary>
public enum GemmTail
{
    None,
    Tanh,
    Relu,
}

/// <summary>
/// A single-precision matrix product planned for one shape: C[M×N] = op(A)·op(B), from zero, a bias row or the old C, with an optional
/// elementwise tail. Matrices are row-major with padded rows (<see cref="Layout"/>).
/// </summary>
/// <remarks>
/// Every element of C is one chain of fused multiply-adds in ascending k, so the result does not depend on the vector width, the tiling or
/// the way a transposed B is handled. A transposed B is handled by the cheaper of two ways: transposing it panel by panel, or computing
/// Cᵀ = B·op(A)ᵀ and transposing the small matrices instead.
/// </remarks>
public sealed unsafe class Gemm
{
    private static readonly ConcurrentDictionary<TileShape, TileKernel> Tiles = new();

    private readonly InstructionSet _set;
    private readonly GemmTail _tail;
    private readonly GemmStart _start;
    private readonly Way _way;
    private readonly Panel[] _panels;
    private readonly int _aStride;
    private readonly int _bStride;
    private readonly int _cStride;
    private readonly bool _transposeA;
    private readonly bool _transposeB;
    private readonly int _turnedStride;

    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Products per element, at least 1.</param>
    /// <param name="transposeA">A is stored as [K×M].</param>
    /// <param name="transposeB">B is stored as [N×K].</param>
    /// <param name="aStride">Floats between stored rows of A.</param>
    /// <param name="bStride">Floats between stored rows of B; at least the padded row length.</param>
    /// <param name="cStride">Floats between rows of C; at least N padded to <see cref="Layout.Lanes"/>.</param>
    /// <param name="start">What C starts from.</param>
    /// <param name="tail">Applied to C at the end; must keep 0 at 0.</param>
    /// <param name="set">Vector width; the best one when null.</param>
    public Gemm(int m, int n, int k, bool transposeA, bool transposeB, int aStride, int bStride, int cStride,
        GemmStart start = GemmStart.Zero, GemmTail tail = GemmTail.None, InstructionSet? set = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cStride, Layout.Pad(n));
        (M, N, K) = (m, n, k);
        (_transposeA, _transposeB, _aStride, _bStride, _cStride) = (transposeA, transposeB, aStride, bStride, cStride);
        (_start, _tail, _set) = (start, tail, set ?? InstructionSets.Best);

        if (_set == InstructionSet.Scalar)
        {
            _panels = [];
            return;
        }

        var packing = Cost(m, n) + ((long)k * n);
        var turning = Cost(n, m) + (transposeA ? 0L : (long)m * k) + ((long)m * n);
        _way = !transposeB ? Way.Direct : start == GemmStart.Zero && tail == GemmTail.None && turning < packing ? Way.Turned : Way.Packed;
        _turnedStride = Layout.Stride(m);
        var (rows, columns) = _way == Way.Turned ? (n, m) : (m, n);
        var rowStride = _way == Way.Turned ? bStride : transposeA ? 1 : aStride;
        _panels = Plan(_set, rows, columns, rowStride, start);
        ScratchFloats = _way switch
        {
            Way.Packed => (long)k * _panels.Max(panel => panel.Columns),
            Way.Turned => ((transposeA ? 0L : k) + n) * _turnedStride,
            _ => 0,
        };
    }

    private enum Way
    {
        /// <summary>B is stored as the tiles read it.</summary>
        Direct,

        /// <summary>Each panel of B is transposed into scratch just before its tiles.</summary>
        Packed,

        /// <summary>Cᵀ is computed from B as it lies, then transposed.</summary>
        Turned,
    }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    /// <summary>Floats of scratch memory that <see cref="Run"/> needs.</summary>
    public long ScratchFloats { get; }

    /// <summary>Floating-point operations of one <see cref="Run"/>: 2·M·N·K.</summary>
    public long Flops => 2L * M * N * K;

    /// <summary>Computes C. Allocates nothing.</summary>
    /// <param name="a">A, 64-byte aligned rows are fastest.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C; its padding stays zero when B's (and the bias's) is.</param>
    /// <param name="bias">N values padded to the row length, when the product starts from a bias.</param>
    /// <param name="scratch"><see cref="ScratchFloats"/> floats.</param>
    public void Run(float* a, float* b, float* c, float* bias, float* scratch)
    {
        if (_set == InstructionSet.Scalar)
        {
            RunScalar(a, b, c, bias);
            return;
        }

        if (_way == Way.Turned)
        {
            RunTurned(a, b, c, scratch);
            return;
        }

        var aStep = _transposeA ? _aStride : 1;
        foreach (var panel in _panels)
        {
            var column = panel.FirstColumn;
            if (_way == Way.Direct)
            {
                RunPanel(panel, a, aStep, b + column, _bStride, c + column, _cStride, bias + column);
            }
            else
            {
                Pack(panel, b, scratch);
                RunPanel(panel, a, aStep, scratch, panel.Columns, c + column, _cStride, bias + column);
            }
        }

        if (_tail != GemmTail.None) Elementwise.Activate(_tail, c, (long)M * _cStride, _set);
    }

    /// <summary>What the tiles of a product cost, in transposed elements: a vector of products takes about as long as two.</summary>
    private long Cost(int rows, int columns) => 2L * K * rows * ((columns + (int)_set - 1) / (int)_set);

    private void RunTurned(float* a, float* b, float* c, float* scratch)
    {
        var turned = scratch;
        var packed = a;
        var packedStride = _aStride;
        if (!_transposeA)
        {
            packed = scratch + ((long)N * _turnedStride);
            packedStride = _turnedStride;
            Transpose.Run(a, M, K, _aStride, packed, packedStride);
        }

        foreach (var panel in _panels)
            RunPanel(panel, b, 1, packed + panel.FirstColumn, packedStride, turned + panel.FirstColumn, _turnedStride, null);
        Transpose.Run(turned, N, M, _turnedStride, c, _cStride);
    }

    /// <summary>
    /// A panel of Bᵀ, its rows one after the other: neighbouring rows of a wide matrix would evict each other from the cache. Scratch holds
    /// what other kernels left, and what the tiles read beyond the last column enters C's padding, so that part is cleared.
    /// </summary>
    private void Pack(Panel panel, float* b, float* packed)
    {
        var columns = Math.Min(panel.Columns, N - panel.FirstColumn);
        Transpose.Run(b + ((long)panel.FirstColumn * _bStride), columns, K, _bStride, packed, panel.Columns);
        if (columns == panel.Columns) return;
        for (var k = 0; k < K; k++) new Span<float>(packed + ((long)k * panel.Columns) + columns, panel.Columns - columns).Clear();
    }

    /// <remarks>Inlined: where K is 1, a tile takes hardly longer than a call.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunPanel(Panel panel, float* a, int aStep, float* b, int bStride, float* c, int cStride, float* bias)
    {
        foreach (var block in panel.Blocks)
        {
            block.Kernel(a, (nint)aStep * sizeof(float), b, (nint)bStride * sizeof(float), c, (nint)cStride * sizeof(float), bias, K);
            a += (long)block.Rows * panel.RowStride;
            c += (long)block.Rows * cStride;
        }
    }

    /// <summary>The readable definition, and the path for processors without fused multiply-add vectors.</summary>
    private void RunScalar(float* a, float* b, float* c, float* bias)
    {
        for (var i = 0; i < M; i++)
        {
            for (var j = 0; j < N; j++)
            {
                var sum = _start switch { GemmStart.Zero => 0f, GemmStart.Bias => bias[j], _ => c[(i * _cStride) + j] };
                for (var k = 0; k < K; k++)
                {
                    var x = _transposeA ? a[(k * _aStride) + i] : a[(i * _aStride) + k];
                    var y = _transposeB ? b[(j * _bStride) + k] : b[(k * _bStride) + j];
                    sum = MathF.FusedMultiplyAdd(x, y, sum);
                }

                c[(i * _cStride) + j] = sum;
            }
        }

        if (_tail != GemmTail.None) Elementwise.Activate(_tail, c, (long)M * _cStride, _set);
    }

    /// <summary>
    /// Splits C into column panels of one to three vectors and each panel into row blocks of nearly equal height, so that accumulators,
    /// one row of B and one broadcast element fit the register file (16 registers with AVX2, 32 otherwise).
    /// </summary>
    private static Panel[] Plan(InstructionSet set, int rows, int columns, int rowStride, GemmStart start)
    {
        var vectors = (columns + (int)set - 1) / (int)set;
        var widest = set == InstructionSet.Vector256 ? 2 : 3;
        var panels = new List<Panel>();
        for (var first = 0; first < vectors;)
        {
            var left = vectors - first;
            var width = left == 4 && widest == 3 ? 2 : Math.Min(left, widest);
            var tallest = (set == InstructionSet.Vector256, width) switch { (true, 2) => 6, (true, _) => 13, (_, 3) => 8, (_, 2) => 11, _ => 26 };
            var count = (rows + tallest - 1) / tallest;
            var blocks = new Block[count];
            for (var i = 0; i < count; i++)
            {
                var height = (rows * (i + 1) / count) - (rows * i / count);
                blocks[i] = new Block(height, Tiles.GetOrAdd(new TileShape(set, height, width, rowStride, start), TileEmitter.Emit));
            }

            Debug.Assert(blocks.Sum(block => block.Rows) == rows);
            panels.Add(new Panel(first * (int)set, width * (int)set, rowStride, blocks));
            first += width;
        }

        return [.. panels];
    }

    private sealed record Block(int Rows, TileKernel Kernel);

    private sealed record Panel(int FirstColumn, int Columns, int RowStride, Block[] Blocks);
}
