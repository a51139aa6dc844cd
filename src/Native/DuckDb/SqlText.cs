namespace Goldilocks.Native;

/// <summary>Quoting for statements put together from names and values.</summary>
public static class SqlText
{
    /// <summary>A text literal: <c>'it''s'</c>.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A quoted identifier: <c>"a ""b"""</c>.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
