using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>Which parameters a sweep varies: one or two, apart from the seed.</summary>
/// <param name="X">To the right; a learning rate where there is one, of two that of the decoder.</param>
/// <param name="Y">Upwards; null when only one parameter varies.</param>
internal sealed record SweepAxes(SweepAxis X, SweepAxis? Y)
{
    /// <exception cref="GoldilocksException">No parameter varies, or more than two do.</exception>
    public static SweepAxes Of(IReadOnlyList<RunRow> runs)
    {
        string[] varying = [.. runs[0].Settings.Select(setting => setting.Key).Where(name => name != "seed" && runs.Select(run => run.Value(name)).Distinct().Skip(1).Any())];
        if (varying.Length is 0 or > 2)
        {
            var found = varying.Length == 0 ? $"no parameter but the seed varies between the {Numbers.Counted(runs.Count, "run")}" : $"{varying.Length} parameters vary between the runs ({string.Join(", ", varying)})";
            throw new GoldilocksException($"runs.parquet: {found}; a phase map has one or two, apart from the seed. Sweep two parameters, such as decoder_lr and decoder_weight_decay.");
        }

        var axes = varying.Select(name => new SweepAxis(name, runs.Select(run => run.Value(name))))
            .OrderByDescending(axis => axis.IsLearningRate).ThenByDescending(axis => axis.Parameter.StartsWith("decoder_", StringComparison.Ordinal) && axis.IsLearningRate).ToArray();
        return new SweepAxes(axes[0], axes.ElementAtOrDefault(1));
    }
}
