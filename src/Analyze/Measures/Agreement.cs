using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>When two computations of the same outputs count as the same.</summary>
internal static class Agreement
{
    /// <summary>Allowed difference, as a share of the largest output.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Two logits closer than this share of the largest one are tied: rounding alone decides which is the greater.</summary>
    private const double Tie = 2e-6;

    /// <summary>max |a − e| / max |e|. Values that are not finite must be the same; one that is not makes the difference infinite.</summary>
    public static double Difference(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        double largest = 0, difference = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            double apart = Math.Abs((double)actual[i] - expected[i]), size = Math.Abs((double)expected[i]);
            if (double.IsFinite(apart)) difference = apart > difference ? apart : difference;
            else if (!actual[i].Equals(expected[i])) return double.PositiveInfinity;
            if (size > largest && double.IsFinite(size)) largest = size;
        }

        return difference == 0 ? 0 : difference / largest;
    }

    /// <summary>Rows whose largest logit is another one, unless the trainer's logits of the two are tied.</summary>
    public static int DifferingPredictions(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, int classes)
    {
        var (mine, theirs) = (ModelOutputs.ArgMax(actual, classes), ModelOutputs.ArgMax(expected, classes));
        var largest = 0f;
        foreach (var value in expected) largest = Math.Max(largest, Math.Abs(value));
        var count = 0;
        for (var row = 0; row < mine.Length; row++)
        {
            var gap = (double)expected[(row * classes) + theirs[row]] - expected[(row * classes) + mine[row]];
            if (mine[row] != theirs[row] && !(gap <= Tie * largest)) count++;
        }

        return count;
    }

    /// <summary>The complaint about models that are not what was trained; null when all agree, or none was compared.</summary>
    public static GoldilocksException? Disagreement(IReadOnlyList<AnalysisRow> rows)
    {
        var wrong = rows.Where(row => row["output_difference"] is { } difference && (!(difference <= Tolerance) || row["differing_predictions"] > 0)).ToArray();
        if (wrong is not [var first, ..]) return null;
        var predictions = first["differing_predictions"] is > 0 and var count ? Text($" and {count} of its predictions are others") : "";
        var others = wrong.Length > 1 ? Text($" ({wrong.Length} of {rows.Count} models disagree)") : "";
        return new GoldilocksException(
            Text($"run {ModelSeries.Show(first.Run ?? "")} step {first.Step}: ONNX Runtime's outputs differ from the trainer's by {first["output_difference"]:0.0e+00} of the largest output (allowed: {Tolerance:0e+00})")
            + $"{predictions}{others}. Export the checkpoints again.",
            ExitCodes.Mismatch);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
