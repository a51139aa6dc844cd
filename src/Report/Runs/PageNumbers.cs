using System.Runtime.InteropServices;

namespace Goldilocks.Report;

/// <summary>Numbers for a page's script: base64 of little-endian single precision, which reads back fast and exactly.</summary>
internal static class PageNumbers
{
    public static string Of(IEnumerable<double> values)
    {
        float[] numbers = [.. values.Select(value => (float)value)];
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("pages are written on little-endian machines only");
        return Convert.ToBase64String(MemoryMarshal.AsBytes<float>(numbers));
    }

    /// <summary>Steps up to 2^24 keep their value.</summary>
    public static string Of(IEnumerable<long> steps) => Of(steps.Select(step => (double)step));
}
