using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Goldilocks.Core;

/// <summary>
/// One text per value, so that a hash identifies it: keys in ordinal order, no white space, shortest round-trip numbers
/// (1, 1.0 and 1e0 are one number; integers of any size keep their digits).
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of <paramref name="node"/>.</summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>Lower-case hexadecimal SHA-256 (64 characters) of the canonical text in UTF-8.</summary>
    public static string Hash(JsonNode? node) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(node))));

    /// <summary>The canonical text of one value.</summary>
    /// <param name="value">A <see cref="string"/>, a <see cref="long"/> or a finite <see cref="double"/>.</param>
    public static string Scalar(object value) => value switch
    {
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => Number(number),
        string text => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"",
        _ => throw new ArgumentException($"a {value.GetType().Name} is no scalar", nameof(value)),
    };

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject values:
                text.Append('{');
                var first = true;
                foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    if (!first) text.Append(',');
                    first = false;
                    AppendText(text, name);
                    text.Append(':');
                    Append(text, value);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Append(text, items[i]);
                }

                text.Append(']');
                break;
            default:
                AppendScalar(text, node);
                break;
        }
    }

    private static void AppendScalar(StringBuilder text, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendText(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.ToJsonString()));
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    private static string Number(string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0) return raw == "-0" ? "0" : raw;
        return Number(double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static string Number(double number) => number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture);

    private static void AppendText(StringBuilder text, string value) => text.Append(Scalar(value));
}
