using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>
/// A model loaded into ONNX Runtime. <see cref="Bind"/> gives the fast way to run it, over the caller's memory; <see cref="Run"/> the
/// convenient one. A session may be run by several threads at the same time, each with its own binding.
/// </summary>
public sealed unsafe class OrtSession : IDisposable
{
    private readonly Dictionary<string, nint> _names = new(StringComparer.Ordinal);
    private nint _handle;

    private OrtSession(OrtApi api, nint handle)
    {
        (Api, _handle) = (api, handle);
        try
        {
            Inputs = OrtDescriber.Describe(api, handle, OrtDescriber.Inputs);
            Outputs = OrtDescriber.Describe(api, handle, OrtDescriber.Outputs);
            OverridableInitializers = OrtDescriber.Describe(api, handle, OrtDescriber.OverridableInitializers);
            foreach (var value in Inputs.Concat(Outputs).Concat(OverridableInitializers)) _names.TryAdd(value.Name, Marshal.StringToCoTaskMemUTF8(value.Name));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>ONNX Runtime's version, such as <c>1.30.0</c>.</summary>
    /// <exception cref="GoldilocksException">The library is missing or foreign.</exception>
    public static string Version => OrtApi.Instance.Version;

    /// <summary>The execution providers of the loaded library, by their full names, such as <c>CPUExecutionProvider</c>.</summary>
    /// <exception cref="GoldilocksException">The library is missing or foreign.</exception>
    public static IReadOnlyList<string> AvailableProviders => OrtProviders.Available(OrtApi.Instance);

    public IReadOnlyList<OrtValueInfo> Inputs { get; }

    public IReadOnlyList<OrtValueInfo> Outputs { get; }

    /// <summary>
    /// Initialisers that are also inputs (IR version 4 or newer): they have a value, and may be fed by name like inputs, so that one session
    /// serves every checkpoint of an architecture.
    /// </summary>
    public IReadOnlyList<OrtValueInfo> OverridableInitializers { get; }

    internal OrtApi Api { get; }

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>Loads a model from the bytes of an <c>.onnx</c> file; they are not needed afterwards.</summary>
    /// <exception cref="GoldilocksException">ONNX Runtime's message about the model, an unknown provider, or a missing or foreign library.</exception>
    public static OrtSession Create(ReadOnlySpan<byte> model, OrtOptions? options = null)
    {
        var api = OrtApi.Instance;
        var native = OrtProviders.CreateOptions(api, options ?? new OrtOptions());
        try
        {
            nint session;
            fixed (byte* bytes = model) api.Check(api.CreateSessionFromArray(api.Environment, bytes, (nuint)model.Length, native, &session), "refuses the model");
            return new OrtSession(api, session);
        }
        finally
        {
            api.ReleaseSessionOptions(native);
        }
    }

    /// <summary>Loads a model from an <c>.onnx</c> file with its weights inline.</summary>
    /// <exception cref="GoldilocksException">The file cannot be read; and as <see cref="Create"/>.</exception>
    public static OrtSession Open(string path, OrtOptions? options = null)
    {
        byte[] model;
        try
        {
            model = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"cannot read {path}: {e.Message}", inner: e);
        }

        try
        {
            return Create(model, options);
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"{path}: {e.Message}", e.ExitCode, e);
        }
    }

    /// <summary>A new, empty binding of memory to this model's inputs and outputs.</summary>
    public OrtBinding Bind() => new(this);

    /// <summary>Runs the model once and returns all outputs in fresh memory.</summary>
    /// <param name="inputs">Every input by name, and any overridable initialisers.</param>
    /// <exception cref="GoldilocksException">An unknown name, or ONNX Runtime's message.</exception>
    public IReadOnlyDictionary<string, OrtTensor> Run(IReadOnlyDictionary<string, OrtTensor> inputs)
    {
        using var binding = Bind();
        foreach (var (name, tensor) in inputs) binding.Input(name, tensor);
        return binding.RunFresh();
    }

    public void Dispose()
    {
        if (_handle == 0) return;
        Api.ReleaseSession(_handle);
        _handle = 0;
        foreach (var name in _names.Values) Marshal.FreeCoTaskMem(name);
        _names.Clear();
    }

    /// <summary>The name in native memory, valid while the session lives.</summary>
    /// <exception cref="GoldilocksException">The model has no such input or output.</exception>
    internal nint Name(string name, bool output)
    {
        var known = (output ? Outputs : Inputs.Concat(OverridableInitializers)).Select(value => value.Name);
        return known.Contains(name, StringComparer.Ordinal)
            ? _names[name]
            : throw new GoldilocksException($"the model has no {(output ? "output" : "input")} \"{name}\". {Suggest.Hint(name, known)}");
    }
}
