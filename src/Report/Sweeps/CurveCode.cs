using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>
/// Accuracies as few letters: where all are whole numbers of samples, those numbers in one or two bytes each, so that a script divides as the trainer
/// did and ties at a threshold stay ties; otherwise in single precision.
/// </summary>
internal static class CurveCode
{
    /// <summary>By how much a number of samples may differ from a whole one.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>[number of samples, base64]; 0 samples stands for single precision, little-endian. Null where there is no value at all.</summary>
    /// <param name="values">Fractions; NaN: no value.</param>
    /// <param name="samples">How many samples they are probably fractions of.</param>
    public static JsonArray? Of(IReadOnlyList<double> values, long? samples)
    {
        if (values.All(double.IsNaN)) return null;
        var isCounted = samples is > 0 and < ushort.MaxValue && values.All(value => value is >= 0 and <= 1 && Math.Abs((value * samples.Value) - Math.Round(value * samples.Value)) < Tolerance);
        var size = !isCounted ? 4 : samples < byte.MaxValue ? 1 : 2;
        var bytes = new byte[size * values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            var place = bytes.AsSpan(i * size, size);
            if (size == 4) BinaryPrimitives.WriteSingleLittleEndian(place, (float)values[i]);
            else if (size == 2) BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)Math.Round(values[i] * samples!.Value));
            else place[0] = (byte)Math.Round(values[i] * samples!.Value);
        }

        return [isCounted ? samples : 0, Convert.ToBase64String(bytes)];
    }
}
