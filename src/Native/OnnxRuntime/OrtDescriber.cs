using System.Runtime.InteropServices;

namespace Goldilocks.Native;

/// <summary>Reads names, types and shapes of a session's inputs and outputs.</summary>
internal static unsafe class OrtDescriber
{
    public const int Inputs = 0;
    public const int Outputs = 1;
    public const int OverridableInitializers = 2;

    /// <param name="api">The library.</param>
    /// <param name="session">A session's handle.</param>
    /// <param name="kind">One of the constants of this class.</param>
    public static OrtValueInfo[] Describe(OrtApi api, nint session, int kind)
    {
        nuint count;
        api.Check(api.GetCount[kind](session, &count), "cannot describe the model");
        var values = new OrtValueInfo[(int)count];
        for (var i = 0; i < values.Length; i++)
        {
            byte* name;
            api.Check(api.GetName[kind](session, (nuint)i, api.Allocator, &name), "cannot describe the model");
            var text = Marshal.PtrToStringUTF8((nint)name)!;
            api.Check(api.AllocatorFree(api.Allocator, name), "cannot release memory");

            nint type, tensor;
            api.Check(api.GetTypeInfo[kind](session, (nuint)i, &type), "cannot describe the model");
            try
            {
                api.Check(api.CastToTensorInfo(type, &tensor), "cannot describe the model");
                values[i] = tensor == 0 ? new(text, OrtElementType.Undefined, [], []) : new(text, ElementType(api, tensor), Shape(api, tensor), Symbols(api, tensor));
            }
            finally
            {
                api.ReleaseTypeInfo(type);
            }
        }

        return values;
    }

    public static OrtElementType ElementType(OrtApi api, nint tensor)
    {
        int type;
        api.Check(api.GetElementType(tensor, &type), "cannot describe a tensor");
        return (OrtElementType)type;
    }

    public static long[] Shape(OrtApi api, nint tensor)
    {
        nuint rank;
        api.Check(api.GetDimensionsCount(tensor, &rank), "cannot describe a tensor");
        var shape = new long[(int)rank];
        fixed (long* extents = shape) api.Check(api.GetDimensions(tensor, extents, rank), "cannot describe a tensor");
        return shape;
    }

    private static string[] Symbols(OrtApi api, nint tensor)
    {
        nuint rank;
        api.Check(api.GetDimensionsCount(tensor, &rank), "cannot describe a tensor");
        var pointers = new nint[(int)rank];
        fixed (nint* symbols = pointers) api.Check(api.GetSymbolicDimensions(tensor, (byte**)symbols, rank), "cannot describe a tensor");
        return [.. pointers.Select(symbol => Marshal.PtrToStringUTF8(symbol) ?? "")];
    }
}
