using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>Session options and the execution providers that they name.</summary>
internal static unsafe class OrtProviders
{
    /// <summary>Options for a session, to be released by the caller.</summary>
    /// <exception cref="GoldilocksException">A value out of range, or a provider that the library lacks.</exception>
    public static nint CreateOptions(OrtApi api, OrtOptions options)
    {
        nint native;
        api.Check(api.CreateSessionOptions(&native), "cannot take options");
        try
        {
            if (options.IntraOpThreads < 0 || options.InterOpThreads < 0) throw new GoldilocksException("ONNX Runtime thread counts are 0 (its choice) or more.");
            api.Check(api.SetIntraOpThreads(native, options.IntraOpThreads), "refuses the number of threads");
            api.Check(api.SetInterOpThreads(native, options.InterOpThreads), "refuses the number of threads");
            api.Check(api.SetOptimization(native, (int)options.Optimization), "refuses the optimisation level");
            if (!options.Provider.Equals("cpu", StringComparison.OrdinalIgnoreCase)) Append(api, native, options.Provider);
            return native;
        }
        catch
        {
            api.ReleaseSessionOptions(native);
            throw;
        }
    }

    public static string[] Available(OrtApi api)
    {
        byte** names;
        int count;
        api.Check(api.GetAvailableProviders(&names, &count), "cannot list its providers");
        var available = new string[count];
        for (var i = 0; i < count; i++) available[i] = Marshal.PtrToStringUTF8((nint)names[i])!;
        api.Check(api.ReleaseAvailableProviders(names, count), "cannot release memory");
        return available;
    }

    /// <summary>CUDA has functions of its own; the others share one that takes a name.</summary>
    private static void Append(OrtApi api, nint options, string provider)
    {
        var status = provider.Equals("cuda", StringComparison.OrdinalIgnoreCase) ? AppendCuda(api, options) : AppendNamed(api, options, provider);
        if (status == 0) return;
        var reason = api.Take(status).Split(". ")[0];
        var known = string.Join(", ", Available(api).Select(name => name.Replace("ExecutionProvider", "", StringComparison.Ordinal).ToLowerInvariant()));
        throw new GoldilocksException($"execution provider \"{provider}\" is not usable with this ONNX Runtime {api.Version}: {reason}. It was built for {known}, "
            + $"whose own libraries may be absent. Choose cpu, or let {NativeLibraries.OnnxRuntimeVariable} name a complete build.");
    }

    private static nint AppendCuda(OrtApi api, nint options)
    {
        nint cuda;
        var status = api.CreateCudaOptions(&cuda);
        if (status != 0) return status;
        status = api.AppendCuda(options, cuda);
        api.ReleaseCudaOptions(cuda);
        return status;
    }

    private static nint AppendNamed(OrtApi api, nint options, string provider)
    {
        var name = Marshal.StringToCoTaskMemUTF8(provider);
        try
        {
            return api.AppendProvider(options, (byte*)name, null, null, 0);
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }
}
