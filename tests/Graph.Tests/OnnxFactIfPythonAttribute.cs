namespace Goldilocks.Graph.Tests;

/// <summary>A test that needs python3-onnx, and is reported as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxFactIfPythonAttribute : FactAttribute
{
    public OnnxFactIfPythonAttribute()
    {
        if (!OnnxPython.Available) Skip = "needs /usr/bin/python3 with python3-onnx (Debian: apt install python3-onnx)";
    }
}
