namespace Goldilocks.Graph;

/// <summary>One dimension of a shape: a fixed size or a symbol such as <c>B</c> (batch).</summary>
public readonly record struct Dimension(long Size, string? Symbol = null)
{
    /// <summary>The batch dimension, the only dynamic one of our own models.</summary>
    public static Dimension Batch => new(-1, "B");

    /// <summary>A size that a file from elsewhere neither fixes nor names.</summary>
    public static Dimension Unknown => new(-1, "?");

    public bool IsSymbolic => Symbol is not null;

    public static implicit operator Dimension(long size) => new(size);

    public override string ToString() => Symbol ?? Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
