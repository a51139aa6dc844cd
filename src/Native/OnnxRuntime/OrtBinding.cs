using System.Buffers;
using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>
/// Ties the caller's memory to a model's inputs and outputs, so that <see cref="Run"/> reads and writes it in place and allocates nothing.
/// The memory stays pinned until it is replaced or the binding is disposed. For one thread at a time; dispose it before its session.
/// </summary>
/// <example><c>using var binding = session.Bind().Input&lt;long&gt;("a", symbols, 45).Output&lt;float&gt;("logits", logits, 45, 19); binding.Run();</c></example>
public sealed unsafe class OrtBinding : IDisposable
{
    private readonly OrtSession _session;
    private readonly OrtSlots _inputs = new();
    private readonly OrtSlots _outputs = new();

    internal OrtBinding(OrtSession session) => _session = session;

    /// <summary>Feeds an input or an overridable initialiser from memory; its contents are read anew at every run.</summary>
    /// <typeparam name="T">float, double, long, int, byte or bool.</typeparam>
    /// <exception cref="GoldilocksException">The model has no such input.</exception>
    /// <exception cref="ArgumentException">The shape has another number of elements than the memory.</exception>
    public OrtBinding Input<T>(string name, Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        Tie(_inputs, _session.Name(name, output: false), memory, shape);
        return this;
    }

    /// <summary>Receives an output in memory. Outputs that are not bound are not computed unless others need them.</summary>
    /// <inheritdoc cref="Input{T}"/>
    public OrtBinding Output<T>(string name, Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        Tie(_outputs, _session.Name(name, output: true), memory, shape);
        return this;
    }

    /// <summary>Runs the model over the bound memory.</summary>
    /// <exception cref="GoldilocksException">ONNX Runtime's message: an input is missing, a type or a shape does not fit.</exception>
    public void Run() => Execute(_outputs.Names, _outputs.Values, _outputs.Count);

    public void Dispose()
    {
        _inputs.Clear(_session.Api);
        _outputs.Clear(_session.Api);
    }

    internal void Input(string name, OrtTensor tensor)
    {
        var handle = GCHandle.Alloc(tensor.Data, GCHandleType.Pinned);
        try
        {
            fixed (long* shape = tensor.Shape.ToArray())
            {
                var value = Wrap((void*)handle.AddrOfPinnedObject(), Buffer.ByteLength(tensor.Data), new(shape, tensor.Shape.Count), tensor.Type);
                _inputs.Put(_session.Api, _session.Name(name, output: false), value, new MemoryHandle(null, handle));
            }
        }
        catch
        {
            handle.Free();
            throw;
        }
    }

    /// <summary>Runs with every output in memory that ONNX Runtime allocates, and copies them out.</summary>
    internal Dictionary<string, OrtTensor> RunFresh()
    {
        var outputs = _session.Outputs;
        var names = outputs.Select(output => _session.Name(output.Name, output: true)).ToArray();
        var values = new nint[outputs.Count];
        try
        {
            Execute(names, values, values.Length);
            return outputs.Select((output, i) => (output.Name, Tensor: Copy(output.Name, values[i]))).ToDictionary(pair => pair.Name, pair => pair.Tensor);
        }
        finally
        {
            foreach (var value in values.Where(value => value != 0)) _session.Api.ReleaseValue(value);
        }
    }

    private void Execute(nint[] names, nint[] values, int count)
    {
        var api = _session.Api;
        fixed (nint* inputNames = _inputs.Names, inputValues = _inputs.Values, outputNames = names, outputValues = values)
        {
            var status = api.Run(_session.Handle, 0, (byte**)inputNames, inputValues, (nuint)_inputs.Count, (byte**)outputNames, (nuint)count, outputValues);
            if (status != 0) api.Check(status, "cannot run the model", ExitCodes.StageFailed);
        }
    }

    private void Tie<T>(OrtSlots slots, nint name, Memory<T> memory, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        OrtShape.Check(shape, memory.Length);
        var pin = memory.Pin();
        try
        {
            slots.Put(_session.Api, name, Wrap(pin.Pointer, (long)memory.Length * sizeof(T), shape, OrtElementTypes.Of(typeof(T))), pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    private nint Wrap(void* data, long bytes, ReadOnlySpan<long> shape, OrtElementType type)
    {
        nint value;
        var api = _session.Api;
        fixed (long* extents = shape) api.Check(api.CreateTensorWithData(api.CpuMemory, data, (nuint)bytes, extents, (nuint)shape.Length, (int)type, &value), "cannot take the tensor");
        return value;
    }

    private OrtTensor Copy(string name, nint value)
    {
        var api = _session.Api;
        int isTensor;
        api.Check(api.IsTensor(value, &isTensor), "cannot describe an output");
        if (isTensor == 0) throw new GoldilocksException($"output \"{name}\" is no tensor; only tensors can be read");
        nint info;
        void* data;
        api.Check(api.GetTensorTypeAndShape(value, &info), "cannot describe an output");
        try
        {
            var (type, shape) = (OrtDescriber.ElementType(api, info), OrtDescriber.Shape(api, info));
            var array = OrtElementTypes.Allocate(type, (int)shape.Aggregate(1L, (elements, extent) => checked(elements * extent)))
                ?? throw new GoldilocksException($"output \"{name}\" holds {type}; float, double, long, int, byte and bool can be read");
            api.Check(api.GetTensorData(value, &data), "cannot give an output");
            var bytes = Buffer.ByteLength(array);
            new ReadOnlySpan<byte>(data, bytes).CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), bytes));
            return new OrtTensor(type, array, shape);
        }
        finally
        {
            api.ReleaseTensorInfo(info);
        }
    }
}
