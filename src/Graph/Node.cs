namespace Goldilocks.Graph;

/// <summary>One application of an ONNX operator (default domain, opset 20).</summary>
/// <param name="OpType">ONNX operator name, e.g. <c>Gemm</c>.</param>
/// <param name="Name">Unique node name.</param>
/// <param name="Inputs">Value names in ONNX order; an empty string omits an optional input.</param>
/// <param name="Outputs">Value names in ONNX order.</param>
/// <param name="Attributes">Attributes under their ONNX names; absent ones have ONNX's defaults.</param>
/// <param name="Doc">Text that viewers such as Netron show.</param>
public sealed record Node(
    string OpType,
    string Name,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    string Doc = "");
