namespace Goldilocks.Graph.Tests;

/// <summary>python3-onnx's checker with full checks and strict shape inference.</summary>
internal static class OnnxChecker
{
    /// <summary>
    /// Our files state IR version 9 and operator set 20. Debian's python3-onnx 1.12 knows IR version 8 and operator set 17 and refuses
    /// newer numbers unread. An installed version that knows ours checks the file as it is. Otherwise the two numbers, and nothing
    /// else, are lowered in memory, after a check that this changes no meaning: each operator must be in the table below, which holds
    /// the operator set that last changed it, as of operator set 20; all are at most 17. IR version 9 only adds what we do not write
    /// (8-bit floats; metadata of functions).
    /// </summary>
    private const string Script = """
        import sys, onnx
        from onnx import checker, defs, numpy_helper, shape_inference

        changed = {"Add": 14, "Gather": 13, "Gemm": 13, "Tanh": 13}
        model = onnx.load(sys.argv[1])
        assert model.ir_version == 9, model.ir_version
        assert [(s.domain, s.version) for s in model.opset_import] == [("", 20)], model.opset_import
        if defs.onnx_opset_version() < 20 or onnx.IR_VERSION < 9:
            for node in model.graph.node:
                assert defs.get_schema(node.op_type, 17).since_version == changed[node.op_type], node.op_type
            model.ir_version = 8
            model.opset_import[0].version = 17
        checker.check_model(model, full_check=True)

        inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        for value in [*inferred.graph.input, *inferred.graph.value_info, *inferred.graph.output]:
            tensor = value.type.tensor_type
            print("value", value.name, tensor.elem_type, *[d.dim_param or d.dim_value for d in tensor.shape.dim])
        for tensor in model.graph.initializer:
            array = numpy_helper.to_array(tensor)
            print("weight", tensor.name, array.dtype, list(array.shape), array.tobytes().hex().upper())
        for entry in model.metadata_props:
            print("metadata", entry.key, entry.value)
        """;

    /// <summary>Fails the test unless the checker accepts the file.</summary>
    /// <returns>Lines <c>value</c> (name, type, shape), <c>weight</c> (name, type, shape, bytes) and <c>metadata</c> (key, value).</returns>
    public static string[] Check(string path) => OnnxPython.Run(Script, path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
