namespace Goldilocks.Graph;

/// <summary>An attribute of a <see cref="Node"/>.</summary>
public abstract record AttributeValue
{
    public sealed record Int(long Value) : AttributeValue;

    public sealed record Float(float Value) : AttributeValue;

    public sealed record Text(string Value) : AttributeValue;

    public sealed record Ints(IReadOnlyList<long> Values) : AttributeValue;

    public sealed record Floats(IReadOnlyList<float> Values) : AttributeValue;

    public sealed record Texts(IReadOnlyList<string> Values) : AttributeValue;

    /// <summary>A constant tensor, such as the <c>value</c> of <c>Constant</c> and <c>ConstantOfShape</c>.</summary>
    public sealed record TensorValue(Tensor Value) : AttributeValue;

    public static implicit operator AttributeValue(long value) => new Int(value);

    public static implicit operator AttributeValue(float value) => new Float(value);

    public static implicit operator AttributeValue(string value) => new Text(value);

    public static implicit operator AttributeValue(long[] values) => new Ints(values);
}
