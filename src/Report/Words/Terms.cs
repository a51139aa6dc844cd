namespace Goldilocks.Report;

/// <summary>Words that depend on a run's task and convention.</summary>
internal static class Terms
{
    /// <summary>"train ≥ 90 %" in the reference code, "train &gt; 90 %" in the paper.</summary>
    public static string AccuracyRule(RunRow run, string split) => $"{split} {(run.IsReferenceConvention ? "≥" : ">")} {Numbers.Percent(run.AccuracyThreshold)}";

    /// <summary>"at least 90 %" or "more than 90 %".</summary>
    public static string Share(RunRow run) => $"{(run.IsReferenceConvention ? "at least" : "more than")} {Numbers.Percent(run.AccuracyThreshold)}";

    /// <summary>"RQI &gt; 0.95".</summary>
    public static string RqiRule(RunRow run) => $"RQI > {Numbers.Fraction(run.RqiThreshold)}";

    /// <summary>"its 45 training pairs".</summary>
    public static string TrainPairs(RunRow run) => run.Addition is { } task ? $"its {Numbers.Count(task.TrainPairs)} training pairs" : "its training samples";

    /// <summary>"the 10 pairs it had never been shown".</summary>
    public static string UnseenPairs(RunRow run) => run.Addition is { } task
        ? task.ValidationPairs == 1 ? "the one pair it had never been shown" : $"the {Numbers.Count(task.ValidationPairs)} pairs it had never been shown"
        : "the samples it had never been shown";

    /// <summary>What kind of loss, with its unit.</summary>
    public static string LossName(RunRow run) => run.Text("loss") switch
    {
        "mse" => "Mean squared error",
        "cross_entropy" => "Cross-entropy (nats)",
        _ => "Loss",
    };

    /// <summary>One line that identifies a run: recipe, seed, convention.</summary>
    public static string Identity(RunRow run)
    {
        var parts = new List<string> { run.Recipe.Length > 0 ? run.Recipe : "run" };
        if (run.Integer("seed") is { } seed) parts.Add($"seed {seed}");
        if (run.Text("convention") is { } convention) parts.Add($"{convention} convention");
        parts.Add($"run {run.ShortId}");
        return string.Join(", ", parts);
    }

    /// <summary>A text that begins a sentence.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>How thresholds and states are counted, for captions.</summary>
    /// <param name="run">A run of the convention.</param>
    /// <param name="threshold">The accuracy that counts: "90 %".</param>
    public static string ConventionNote(RunRow run, string threshold) => run.IsReferenceConvention
        ? $"Reference convention: a threshold counts from {threshold} on; at step t, {(run.IsPhaseDiagram ? "accuracies and RQI are those after the update of that step, losses those before it" : "training accuracy and RQI are those after the update of that step, validation accuracy and losses those before it")}."
        : $"Paper convention: a threshold counts above {threshold}; every value at step t belongs to the parameters after t updates.";
}
