using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Pipeline;

/// <summary>What pages say they were made on.</summary>
internal static class ReportEnvironment
{
    public static IReadOnlyList<KeyValuePair<string, string>> Current()
    {
        var machine = MachineInfo.Current();
        return
        [
            new("Goldilocks", machine.CodeVersion),
            new("processor", $"{machine.Processor}, {machine.Cores} cores, {machine.VectorBits}-bit vectors"),
            new("system", machine.OperatingSystem),
            new(".NET", machine.Runtime),
            new("ONNX Runtime", OrtSession.Version),
            new("DuckDB", QueryEngine.Version),
        ];
    }
}
