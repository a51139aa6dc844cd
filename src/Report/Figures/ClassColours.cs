namespace Goldilocks.Report;

/// <summary>Colours of a decoder's answers, told apart by colour-blind readers too.</summary>
internal static class ClassColours
{
    /// <summary>Viridis at equal distances.</summary>
    private static readonly int[] Viridis = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725];

    /// <summary>Matplotlib's twilight at equal distances: light, blue, dark, red, and light again.</summary>
    private static readonly int[] Twilight = [0xe2d9e2, 0xa0bccb, 0x6785be, 0x5e43a5, 0x2f1436, 0x741e4f, 0xb25652, 0xcea592, 0xe2d9e2];

    /// <summary>From dark to bright.</summary>
    /// <param name="answer">0..count-1.</param>
    /// <param name="count">How many answers there are.</param>
    public static string Ordered(int answer, int count) => At(Viridis, answer / (double)Math.Max(count - 1, 1));

    /// <summary>Round a circle: the last is next to the first.</summary>
    /// <inheritdoc cref="Ordered"/>
    public static string Cyclic(int answer, int count) => At(Twilight, answer / (double)Math.Max(count, 1));

    /// <summary>Whether dark numbers are read better than white ones on a colour "#rrggbb": its relative luminance, without gamma, is above one half.</summary>
    public static bool IsBright(string colour)
    {
        var value = Convert.ToInt32(colour[1..], 16);
        return (0.2126 * (value >> 16)) + (0.7152 * ((value >> 8) & 255)) + (0.0722 * (value & 255)) > 127;
    }

    private static string At(int[] colours, double place)
    {
        var at = Math.Clamp(place, 0, 1) * (colours.Length - 1);
        var first = Math.Min((int)at, colours.Length - 2);
        int Channel(int shift)
        {
            var (a, b) = ((colours[first] >> shift) & 255, (colours[first + 1] >> shift) & 255);
            return (int)Math.Round(a + ((b - a) * (at - first)));
        }

        return $"#{Channel(16):x2}{Channel(8):x2}{Channel(0):x2}";
    }
}
