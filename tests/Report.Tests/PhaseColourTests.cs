namespace Goldilocks.Report.Tests;

/// <summary>The phases' colours, as colour-blind readers see them.</summary>
public sealed class PhaseColourTests
{
    private static readonly double[,] Everyone = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };

    /// <summary>Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.</summary>
    private static readonly double[,] Protanopia = { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } };

    /// <inheritdoc cref="Protanopia"/>
    private static readonly double[,] Deuteranopia = { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } };

    [Fact]
    public void Colours_are_far_apart_with_and_without_red_or_green_cones()
    {
        // A just noticeable difference is about 2.3.
        string[] colours = [.. PhaseKind.All.Select(PhaseKind.Colour)];
        Assert.InRange(Least(colours, Everyone), 40, 300);
        Assert.InRange(Least(colours, Protanopia), 40, 300);
        Assert.InRange(Least(colours, Deuteranopia), 40, 300);
    }

    [Fact]
    public void Lab_is_that_of_the_sRGB_primaries()
    {
        // Known values of red and white under D65; red without red cones is far darker.
        AssertNear((53.24, 80.09, 67.20), Lab("#ff0000", Everyone));
        AssertNear((100, 0, 0), Lab("#ffffff", Everyone));
        Assert.InRange(Lab("#ff0000", Protanopia).L, 0, 45);
    }

    private static void AssertNear((double L, double A, double B) expected, (double L, double A, double B) found)
    {
        Assert.Equal(expected.L, found.L, 0.05);
        Assert.Equal(expected.A, found.A, 0.05);
        Assert.Equal(expected.B, found.B, 0.05);
    }

    private static double Least(string[] colours, double[,] sight)
    {
        var labs = colours.Select(colour => Lab(colour, sight)).ToArray();
        return labs.SelectMany((a, i) => labs.Take(i).Select(b => Math.Sqrt(Math.Pow(a.L - b.L, 2) + Math.Pow(a.A - b.A, 2) + Math.Pow(a.B - b.B, 2)))).Min();
    }

    /// <summary>
    /// L* = 116 f(Y/Yn) − 16, a* = 500 (f(X/Xn) − f(Y/Yn)), b* = 200 (f(Y/Yn) − f(Z/Zn)) with f(t) = t^(1/3), linear near 0, of the linear RGB of a
    /// colour after the loss of a kind of cones.
    /// </summary>
    private static (double L, double A, double B) Lab(string colour, double[,] sight)
    {
        double[] rgb = [.. Enumerable.Range(0, 3).Select(i => Linear(Convert.ToInt32(colour.Substring(1 + (2 * i), 2), 16) / 255.0))];
        double[] seen = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp(Enumerable.Range(0, 3).Sum(j => sight[i, j] * rgb[j]), 0, 1))];
        var x = F(((0.4124564 * seen[0]) + (0.3575761 * seen[1]) + (0.1804375 * seen[2])) / 0.95047);
        var y = F((0.2126729 * seen[0]) + (0.7151522 * seen[1]) + (0.0721750 * seen[2]));
        var z = F(((0.0193339 * seen[0]) + (0.1191920 * seen[1]) + (0.9503041 * seen[2])) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
}
