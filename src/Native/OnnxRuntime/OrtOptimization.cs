namespace Goldilocks.Native;

/// <summary>How far ONNX Runtime rewrites a graph before it runs it.</summary>
public enum OrtOptimization
{
    /// <summary>As written.</summary>
    None = 0,

    /// <summary>Constant folding and redundant nodes.</summary>
    Basic = 1,

    /// <summary>Fusions too.</summary>
    Extended = 2,

    /// <summary>Layouts too.</summary>
    All = 99,
}
