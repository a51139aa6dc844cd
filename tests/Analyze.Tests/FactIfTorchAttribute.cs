using Goldilocks.Graph.Tests;

namespace Goldilocks.Analyze.Tests;

/// <summary>A test that needs python3-torch and python3-onnx, and is reported as skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactIfTorchAttribute : FactAttribute
{
    public FactIfTorchAttribute()
    {
        if (!OnnxPython.Available || !Found.Value) Skip = "needs /usr/bin/python3 with python3-torch and python3-onnx (Debian: apt install python3-torch python3-onnx)";
    }

    private static readonly Lazy<bool> Found = new(() => OnnxPython.Run("import importlib.util; print(importlib.util.find_spec('torch') is not None)").Trim() == "True");
}
