namespace Goldilocks.Pipeline;

/// <summary>A piece of a YAML document that knows its line (from 1).</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>For messages: "a list".</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value. <see cref="IsNull"/>: nothing was written, or a plain "null" or "~".</summary>
internal sealed record YamlScalar(int Line, string Text, bool IsNull) : YamlNode(Line)
{
    public override string Kind => IsNull ? "nothing" : "a single value";
}

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line)
{
    public override string Kind => "a list";
}

/// <summary>A mapping in the order of the file, without duplicate keys.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries) : YamlNode(Line)
{
    public override string Kind => "a mapping";
}
