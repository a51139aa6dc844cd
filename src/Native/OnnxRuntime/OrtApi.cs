using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>
/// The functions of ONNX Runtime's C interface that this project calls. The interface is one exported function that returns a table of
/// function pointers; the table only ever grows at its end, so an index once right stays right. A returned status of null is success.
/// </summary>
internal sealed unsafe class OrtApi
{
    /// <summary>The version of the interface asked for: the oldest library that serves is 1.16.</summary>
    private const uint ApiVersion = 16;

    /// <summary>Characters of a message that are kept.</summary>
    private const int LongestMessage = 800;

    private static readonly Lazy<OrtApi> Loaded = new(() => new OrtApi(NativeLibraries.OnnxRuntimePath));

    public static OrtApi Instance => Loaded.Value;

    private readonly delegate* unmanaged[Cdecl]<nint, byte*> _getErrorMessage;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _releaseStatus;

    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, nint*, nint> CreateSessionFromArray;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run;
    public readonly delegate* unmanaged[Cdecl]<nint*, nint> CreateSessionOptions;
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetOptimization;
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetIntraOpThreads;
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetInterOpThreads;

    /// <summary>Count, type and name of: inputs, outputs, overridable initialisers.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint>[] GetCount = new delegate* unmanaged[Cdecl]<nint, nuint*, nint>[3];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>[] GetTypeInfo = new delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>[3];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>[] GetName = new delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>[3];

    public readonly delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithData;
    public readonly delegate* unmanaged[Cdecl]<nint, int*, nint> IsTensor;
    public readonly delegate* unmanaged[Cdecl]<nint, void**, nint> GetTensorData;
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, nint> CastToTensorInfo;
    public readonly delegate* unmanaged[Cdecl]<nint, int*, nint> GetElementType;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint> GetDimensionsCount;
    public readonly delegate* unmanaged[Cdecl]<nint, long*, nuint, nint> GetDimensions;
    public readonly delegate* unmanaged[Cdecl]<nint, byte**, nuint, nint> GetSymbolicDimensions;
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, nint> GetTensorTypeAndShape;
    public readonly delegate* unmanaged[Cdecl]<nint, void*, nint> AllocatorFree;
    public readonly delegate* unmanaged[Cdecl]<byte***, int*, nint> GetAvailableProviders;
    public readonly delegate* unmanaged[Cdecl]<byte**, int, nint> ReleaseAvailableProviders;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint> AppendCuda;
    public readonly delegate* unmanaged[Cdecl]<nint*, nint> CreateCudaOptions;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseCudaOptions;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte**, byte**, nuint, nint> AppendProvider;

    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseSession;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseValue;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseTypeInfo;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseTensorInfo;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseSessionOptions;

    /// <summary>The library's version, such as <c>1.30.0</c>.</summary>
    public string Version { get; }

    /// <summary>The process's environment: one per library, kept until the process ends.</summary>
    public nint Environment { get; }

    /// <summary>Describes the caller's memory.</summary>
    public nint CpuMemory { get; }

    /// <summary>Owns the names that sessions hand out.</summary>
    public nint Allocator { get; }

    /// <summary>Loads the library at <paramref name="path"/>.</summary>
    /// <exception cref="GoldilocksException">Missing, not loadable, another library, or too old.</exception>
    public OrtApi(string path)
    {
        var module = NativeLibraries.Load("ONNX Runtime", path, NativeLibraries.OnnxRuntimeVariable, "OrtGetApiBase");
        var start = ((delegate* unmanaged[Cdecl]<nint*>)NativeLibrary.GetExport(module, "OrtGetApiBase"))();
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)start[1])()) ?? "";
        var api = (void**)((delegate* unmanaged[Cdecl]<uint, nint>)start[0])(ApiVersion);
        if (api is null)
        {
            throw new GoldilocksException($"ONNX Runtime: {path} is version {Version}; 1.{ApiVersion} or newer is needed. {NativeLibraries.Hint(NativeLibraries.OnnxRuntimeVariable)}");
        }

        _getErrorMessage = (delegate* unmanaged[Cdecl]<nint, byte*>)api[2];
        _releaseStatus = (delegate* unmanaged[Cdecl]<nint, void>)api[93];
        CreateSessionFromArray = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, nint*, nint>)api[8];
        Run = (delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)api[9];
        CreateSessionOptions = (delegate* unmanaged[Cdecl]<nint*, nint>)api[10];
        SetOptimization = (delegate* unmanaged[Cdecl]<nint, int, nint>)api[23];
        SetIntraOpThreads = (delegate* unmanaged[Cdecl]<nint, int, nint>)api[24];
        SetInterOpThreads = (delegate* unmanaged[Cdecl]<nint, int, nint>)api[25];
        for (var i = 0; i < 3; i++)
        {
            GetCount[i] = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)api[30 + i];
            GetTypeInfo[i] = (delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>)api[33 + i];
            GetName[i] = (delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>)api[36 + i];
        }

        CreateTensorWithData = (delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint>)api[49];
        IsTensor = (delegate* unmanaged[Cdecl]<nint, int*, nint>)api[50];
        GetTensorData = (delegate* unmanaged[Cdecl]<nint, void**, nint>)api[51];
        CastToTensorInfo = (delegate* unmanaged[Cdecl]<nint, nint*, nint>)api[55];
        GetElementType = (delegate* unmanaged[Cdecl]<nint, int*, nint>)api[60];
        GetDimensionsCount = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)api[61];
        GetDimensions = (delegate* unmanaged[Cdecl]<nint, long*, nuint, nint>)api[62];
        GetSymbolicDimensions = (delegate* unmanaged[Cdecl]<nint, byte**, nuint, nint>)api[63];
        GetTensorTypeAndShape = (delegate* unmanaged[Cdecl]<nint, nint*, nint>)api[65];
        AllocatorFree = (delegate* unmanaged[Cdecl]<nint, void*, nint>)api[76];
        ReleaseSession = (delegate* unmanaged[Cdecl]<nint, void>)api[95];
        ReleaseValue = (delegate* unmanaged[Cdecl]<nint, void>)api[96];
        ReleaseTypeInfo = (delegate* unmanaged[Cdecl]<nint, void>)api[98];
        ReleaseTensorInfo = (delegate* unmanaged[Cdecl]<nint, void>)api[99];
        ReleaseSessionOptions = (delegate* unmanaged[Cdecl]<nint, void>)api[100];
        GetAvailableProviders = (delegate* unmanaged[Cdecl]<byte***, int*, nint>)api[125];
        ReleaseAvailableProviders = (delegate* unmanaged[Cdecl]<byte**, int, nint>)api[126];
        AppendCuda = (delegate* unmanaged[Cdecl]<nint, nint, nint>)api[204];
        CreateCudaOptions = (delegate* unmanaged[Cdecl]<nint*, nint>)api[205];
        ReleaseCudaOptions = (delegate* unmanaged[Cdecl]<nint, void>)api[208];
        AppendProvider = (delegate* unmanaged[Cdecl]<nint, byte*, byte**, byte**, nuint, nint>)api[216];

        (Environment, CpuMemory, Allocator) = CreateEnvironment(api);
    }

    /// <summary>Turns a status into an exception and releases it.</summary>
    /// <exception cref="GoldilocksException">The status is not null: ONNX Runtime's message as one line.</exception>
    public void Check(nint status, string doing, int exitCode = ExitCodes.Usage)
    {
        if (status != 0) throw new GoldilocksException($"ONNX Runtime {doing}: {Take(status)}", exitCode);
    }

    /// <summary>The message of a status, which is released. It may hold names out of a stranger's file, so it comes without control characters and not longer than a few lines.</summary>
    public string Take(nint status)
    {
        var message = Marshal.PtrToStringUTF8((nint)_getErrorMessage(status)) ?? "unknown error";
        _releaseStatus(status);
        var line = string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return string.Concat(line.Take(LongestMessage).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c));
    }

    /// <summary>Creates what all sessions share. Messages come as statuses, so the log keeps still; the library's own telemetry stays off.</summary>
    private (nint Environment, nint Memory, nint Allocator) CreateEnvironment(void** api)
    {
        const int FatalOnly = 4;
        nint environment, memory, allocator;
        fixed (byte* name = "goldilocks\0"u8)
        {
            Check(((delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)api[3])(FatalOnly, name, &environment), "cannot start");
        }

        Check(((delegate* unmanaged[Cdecl]<nint, nint>)api[6])(environment), "cannot turn telemetry off");
        Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)api[69])(0, 0, &memory), "cannot describe memory");
        Check(((delegate* unmanaged[Cdecl]<nint*, nint>)api[78])(&allocator), "has no allocator");
        return (environment, memory, allocator);
    }
}
