namespace Goldilocks.Report;

/// <summary>Words that depend on a run's task and convention.</summary>
internal static class Terms
{
    /// <summary>"train ≥ 90 %" in the reference code, "train &gt; 90 %" in the paper.</summary>
    public static string AccuracyRule(RunRow run, string split) => $"{split} {(run.IsReferenceConvention ? "≥" : ">")} {Numbers.Percent(split.StartsWith("validation", StringComparison.Ordinal) ? run.ValidationThreshold : run.AccuracyThreshold)}";

    /// <summary>"at least 90 %" or "more than 90 %": the training accuracy that counts.</summary>
    public static string Share(RunRow run) => Share(run, run.AccuracyThreshold);

    /// <summary>The same of the validation accuracy.</summary>
    public static string UnseenShare(RunRow run) => Share(run, run.ValidationThreshold);

    /// <summary>"RQI &gt; 0.95".</summary>
    public static string RqiRule(RunRow run) => $"RQI > {Numbers.Fraction(run.RqiThreshold)}";

    /// <summary>What one sample is: "pair", "image", or "sample" where it is not known.</summary>
    public static string Noun(RunRow run) => run.Recipe switch
    {
        "toy-addition" or "toy-group" or "modular-mlp" or "transformer" => "pair",
        "mnist" => "image",
        _ => "sample",
    };

    /// <summary>"its 45 training pairs".</summary>
    public static string TrainPairs(RunRow run) => run.TrainCount is { } count ? $"its {Numbers.Counted(count, $"training {Noun(run)}")}" : $"its training {Noun(run)}s";

    /// <summary>"the 10 pairs it had never been shown".</summary>
    public static string UnseenPairs(RunRow run) => run.ValidationCount switch
    {
        1 => $"the one {Noun(run)} it had never been shown",
        { } count => $"the {Numbers.Counted(count, Noun(run))} it had never been shown",
        null => $"the {Noun(run)}s it had never been shown",
    };

    /// <summary>Whether the answer is the class with the highest score, and not the nearest target.</summary>
    public static bool IsClassification(RunRow run) => run.Recipe is "modular-mlp" or "transformer" || run.Text("loss") == "cross_entropy";

    /// <summary>What kind of loss, with its unit.</summary>
    public static string LossName(RunRow run) => IsClassification(run) ? "Cross-entropy (nats)" : run.Text("loss") == "mse" ? "Mean squared error" : "Loss";

    /// <summary>One line that identifies a run: recipe, seed, convention.</summary>
    public static string Identity(RunRow run)
    {
        var parts = new List<string> { run.Recipe.Length > 0 ? run.Recipe : "run" };
        if (run.Integer("seed") is { } seed) parts.Add($"seed {seed}");
        if (run.Text("convention") is { } convention) parts.Add($"{convention} convention");
        parts.Add($"run {run.ShortId}");
        return string.Join(", ", parts);
    }

    private static string Share(RunRow run, double threshold) => $"{(run.IsReferenceConvention ? "at least" : "more than")} {Numbers.Percent(threshold)}";

    /// <summary>A text that begins a sentence.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>How thresholds and states are counted, for captions.</summary>
    /// <param name="run">A run of the convention.</param>
    /// <param name="threshold">The accuracy that counts: "90 %".</param>
    public static string ConventionNote(RunRow run, string threshold) => run.IsReferenceConvention
        ? $"Reference convention: a threshold counts from {threshold} on; at step t, {(run.IsPhaseDiagram ? "accuracies and RQI are those after the update of that step, losses those before it" : "training accuracy and RQI are those after the update of that step, validation accuracy and losses those before it")}."
        : $"Paper convention: a threshold counts above {threshold}; every value at step t belongs to the parameters after t updates.";
}
