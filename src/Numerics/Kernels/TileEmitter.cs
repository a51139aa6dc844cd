using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Goldilocks.Numerics;

/// <summary>What a tile's accumulators start from.</summary>
public enum GemmStart
{
    /// <summary>C = A·B.</summary>
    Zero,

    /// <summary>C = A·B + bias, the bias a row vector of N values (padded like C's rows).</summary>
    Bias,

    /// <summary>C = C + A·B.</summary>
    Accumulate,
}

/// <summary>The shape of a register tile: everything the generated code knows as a constant.</summary>
/// <param name="Set">Vector width.</param>
/// <param name="Rows">Rows of C in the tile.</param>
/// <param name="Vectors">Vectors per row.</param>
/// <param name="RowStride">Floats between the elements of A that belong to neighbouring rows of C.</param>
/// <param name="Start">What the accumulators start from.</param>
internal readonly record struct TileShape(InstructionSet Set, int Rows, int Vectors, int RowStride, GemmStart Start);

/// <summary>One register tile: C[Rows × Vectors·lanes] from K products. Strides in bytes.</summary>
/// <param name="a">First element of A.</param>
/// <param name="aStep">Bytes from A's element for k to the one for k + 1.</param>
/// <param name="b">First vector of B.</param>
/// <param name="bStep">Bytes from B's row k to row k + 1.</param>
/// <param name="c">First vector of C.</param>
/// <param name="cStep">Bytes from one row of C to the next.</param>
/// <param name="bias">First vector of the bias; ignored unless the tile starts from it.</param>
/// <param name="k">Number of products, at least 1.</param>
internal unsafe delegate void TileKernel(float* a, nint aStep, float* b, nint bStep, float* c, nint cStep, float* bias, nint k);

/// <summary>
/// Writes the inner kernels of <see cref="Gemm"/> as IL at run time: one fully unrolled register tile per shape, with row offsets as
/// constants and one fused multiply-add chain per element of C, in ascending k. The chain is the same at every width, and so is the result.
/// </summary>
/// <remarks>Tiles need about half a millisecond of compilation each and are shared by the whole process.</remarks>
internal static class TileEmitter
{
    private static readonly ConcurrentDictionary<InstructionSet, VectorMethods> Vectors = new();

    public static TileKernel Emit(TileShape shape)
    {
        var (vector, load, store, broadcast, fusedMultiplyAdd) = Vectors.GetOrAdd(shape.Set, Find);
        var bytes = (int)shape.Set * sizeof(float);

        var method = new DynamicMethod($"Tile{shape.Rows}x{shape.Vectors}", typeof(void),
            [typeof(float*), typeof(nint), typeof(float*), typeof(nint), typeof(float*), typeof(nint), typeof(float*), typeof(nint)],
            typeof(TileEmitter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var accumulators = new LocalBuilder[shape.Rows, shape.Vectors];
        var rowOfB = new LocalBuilder[shape.Vectors];
        var element = il.DeclareLocal(vector);
        for (var v = 0; v < shape.Vectors; v++) rowOfB[v] = il.DeclareLocal(vector);

        for (var r = 0; r < shape.Rows; r++)
        {
            for (var v = 0; v < shape.Vectors; v++)
            {
                accumulators[r, v] = il.DeclareLocal(vector);
                switch (shape.Start)
                {
                    case GemmStart.Zero:
                        il.Emit(OpCodes.Ldc_R4, 0f);
                        il.Emit(OpCodes.Call, broadcast);
                        break;
                    case GemmStart.Bias:
                        Address(il, argument: 6, v * bytes);
                        il.Emit(OpCodes.Call, load);
                        break;
                    default:
                        AddressOfC(il, r, v * bytes);
                        il.Emit(OpCodes.Call, load);
                        break;
                }

                il.Emit(OpCodes.Stloc, accumulators[r, v]);
            }
        }

        var loop = il.DefineLabel();
        il.MarkLabel(loop);
        for (var v = 0; v < shape.Vectors; v++)
        {
            Address(il, argument: 2, v * bytes);
            il.Emit(OpCodes.Call, load);
            il.Emit(OpCodes.Stloc, rowOfB[v]);
        }

        for (var r = 0; r < shape.Rows; r++)
        {
            Address(il, argument: 0, r * shape.RowStride * sizeof(float));
            il.Emit(OpCodes.Ldind_R4);
            il.Emit(OpCodes.Call, broadcast);
            il.Emit(OpCodes.Stloc, element);
            for (var v = 0; v < shape.Vectors; v++)
            {
                il.Emit(OpCodes.Ldloc, element);
                il.Emit(OpCodes.Ldloc, rowOfB[v]);
                il.Emit(OpCodes.Ldloc, accumulators[r, v]);
                il.Emit(OpCodes.Call, fusedMultiplyAdd);
                il.Emit(OpCodes.Stloc, accumulators[r, v]);
            }
        }

        Advance(il, argument: 0, by: 1);
        Advance(il, argument: 2, by: 3);
        il.Emit(OpCodes.Ldarg, (short)7);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg, (short)7);
        il.Emit(OpCodes.Ldarg, (short)7);
        il.Emit(OpCodes.Brtrue, loop);

        for (var r = 0; r < shape.Rows; r++)
        {
            for (var v = 0; v < shape.Vectors; v++)
            {
                il.Emit(OpCodes.Ldloc, accumulators[r, v]);
                AddressOfC(il, r, v * bytes);
                il.Emit(OpCodes.Call, store);
            }
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<TileKernel>();
    }

    /// <remarks>Method groups name the overloads at compile time; searching the types by reflection would take tens of milliseconds.</remarks>
    private static unsafe VectorMethods Find(InstructionSet set) => set switch
    {
        InstructionSet.Vector128 => VectorMethods.Of<Vector128<float>>(Vector128.Load<float>, Vector128.Store<float>, Vector128.Create, Vector128.FusedMultiplyAdd),
        InstructionSet.Vector256 => VectorMethods.Of<Vector256<float>>(Vector256.Load<float>, Vector256.Store<float>, Vector256.Create, Vector256.FusedMultiplyAdd),
        InstructionSet.Vector512 => VectorMethods.Of<Vector512<float>>(Vector512.Load<float>, Vector512.Store<float>, Vector512.Create, Vector512.FusedMultiplyAdd),
        _ => throw new ArgumentOutOfRangeException(nameof(set), set, "Tiles are vector code."),
    };

    private static void Address(ILGenerator il, short argument, int offset)
    {
        il.Emit(OpCodes.Ldarg, argument);
        if (offset == 0) return;
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    private static void AddressOfC(ILGenerator il, int row, int offset)
    {
        Address(il, argument: 4, offset);
        if (row == 0) return;
        il.Emit(OpCodes.Ldarg, (short)5);
        il.Emit(OpCodes.Ldc_I4, row);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
    }

    private static void Advance(ILGenerator il, short argument, short by)
    {
        il.Emit(OpCodes.Ldarg, argument);
        il.Emit(OpCodes.Ldarg, by);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Starg, argument);
    }

    /// <summary>The type and methods of one vector width.</summary>
    private sealed unsafe record VectorMethods(Type Vector, MethodInfo Load, MethodInfo Store, MethodInfo Broadcast, MethodInfo FusedMultiplyAdd)
    {
        public delegate TVector Loader<TVector>(float* source);

        public delegate void Storer<TVector>(TVector value, float* destination);

        public static VectorMethods Of<TVector>(
            Loader<TVector> load, Storer<TVector> store, Func<float, TVector> broadcast, Func<TVector, TVector, TVector, TVector> fusedMultiplyAdd) =>
            new(typeof(TVector), load.Method, store.Method, broadcast.Method, fusedMultiplyAdd.Method);
    }
}
