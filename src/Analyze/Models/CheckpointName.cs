using System.Globalization;

namespace Goldilocks.Analyze;

/// <summary>A model's file name, split at its last number: <c>run-step0000100.onnx</c> is number 100 of the series <c>run-step*.onnx</c>.</summary>
/// <param name="Series">The name with <c>*</c> for the number; the whole name where there is none.</param>
/// <param name="Number">Null without a number, or with one beyond 64 bits.</param>
internal readonly record struct CheckpointName(string Series, long? Number)
{
    public static CheckpointName Parse(string name)
    {
        var end = name.LastIndexOf('.') is > 0 and var dot ? dot : name.Length;
        while (end > 0 && !char.IsAsciiDigit(name[end - 1])) end--;
        var start = end;
        while (start > 0 && char.IsAsciiDigit(name[start - 1])) start--;
        return long.TryParse(name.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new CheckpointName($"{name[..start]}*{name[end..]}", number)
            : new CheckpointName(name, null);
    }
}
