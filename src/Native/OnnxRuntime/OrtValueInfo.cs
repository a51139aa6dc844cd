namespace Goldilocks.Native;

/// <summary>An input, output or overridable initialiser of a model.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Element type; undefined when it is no tensor.</param>
/// <param name="Shape">Extents, -1 where the model leaves one open.</param>
/// <param name="Symbols">Names of the open extents (such as <c>B</c>), empty elsewhere.</param>
public sealed record OrtValueInfo(string Name, OrtElementType Type, IReadOnlyList<long> Shape, IReadOnlyList<string> Symbols)
{
    /// <summary>For messages: <c>Float32[B,10]</c>.</summary>
    public override string ToString() =>
        $"{Type}[{string.Join(",", Shape.Select((extent, i) => extent >= 0 ? extent.ToString(System.Globalization.CultureInfo.InvariantCulture) : Symbols[i].Length > 0 ? Symbols[i] : "?"))}]";
}
