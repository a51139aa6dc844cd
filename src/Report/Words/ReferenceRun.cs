namespace Goldilocks.Report;

/// <summary>
/// The authors' published run behind Figure 4 (d): its settings, and what their code printed for it. Its figures mean something only beside a
/// run of the same settings.
/// </summary>
internal static class ReferenceRun
{
    public const long TrainStep = 1130;
    public const long ValidationStep = 1530;
    public const long RqiStep = 800;
    public const double Nullity = 2;
    public const double FinalAccuracy = 1;

    private static readonly (string Name, object Value)[] Settings =
    [
        ("recipe", "toy-addition"), ("seed", 58L), ("rng", "reference"), ("convention", "reference"), ("loss", "mse"), ("p", 10L), ("train_samples", 45L),
        ("batch", 45L), ("steps", 5000L), ("embedding_dimension", 1L), ("embedding_scale", 1.0), ("width", 200L), ("depth", 2L), ("output_dimension", 30L),
        ("embedding_lr", 1e-3), ("embedding_weight_decay", 0.0), ("decoder_lr", 1e-4), ("decoder_weight_decay", 0.0),
    ];

    /// <summary>Training loss before the update of a step.</summary>
    public static IReadOnlyList<(long Step, double Loss)> Losses { get; } = [(0, 0.98126626), (1000, 0.43041229), (2000, 0.10177837), (3000, 0.02234229)];

    /// <summary>Null when the run has the reference run's settings; otherwise the first difference, in words.</summary>
    public static string? Difference(RunRow run)
    {
        foreach (var (name, value) in Settings)
        {
            var same = value switch
            {
                string text => run.Text(name) == text,
                long whole => run.Integer(name) == whole,
                double number => run.Number(name) == number,
                _ => false,
            };
            if (!same) return run.Value(name) is { } other ? $"{name} is {Numbers.Setting(other)} here and {Numbers.Setting(value)} there" : $"{name} is not recorded here";
        }

        return run.Steps == 5000 ? null : $"this run ended after {Numbers.Counted(run.Steps, "step")}, that one after 5000";
    }
}
