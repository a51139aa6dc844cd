using System.Text.Encodings.Web;
using System.Text.Json;

namespace Goldilocks.Pipeline;

/// <summary>How JSON is written for people and machines alike: indented, letters left as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
