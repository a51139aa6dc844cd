using System.Buffers;

namespace Goldilocks.Native;

/// <summary>Parallel arrays of names and values, as ONNX Runtime wants them, and what keeps the memory in place.</summary>
internal sealed unsafe class OrtSlots
{
    private MemoryHandle[] _pins = new MemoryHandle[4];

    public nint[] Names { get; private set; } = new nint[4];

    public nint[] Values { get; private set; } = new nint[4];

    public int Count { get; private set; }

    public void Put(OrtApi api, nint name, nint value, MemoryHandle pin)
    {
        var i = Array.IndexOf(Names, name, 0, Count);
        if (i < 0)
        {
            i = Count++;
            if (i == Names.Length) Grow();
            Names[i] = name;
        }
        else
        {
            api.ReleaseValue(Values[i]);
            _pins[i].Dispose();
        }

        (Values[i], _pins[i]) = (value, pin);
    }

    public void Clear(OrtApi api)
    {
        for (var i = 0; i < Count; i++)
        {
            api.ReleaseValue(Values[i]);
            _pins[i].Dispose();
        }

        Count = 0;
    }

    private void Grow()
    {
        var (names, values) = (Names, Values);
        Array.Resize(ref names, 2 * names.Length);
        Array.Resize(ref values, 2 * values.Length);
        Array.Resize(ref _pins, 2 * _pins.Length);
        (Names, Values) = (names, values);
    }
}
