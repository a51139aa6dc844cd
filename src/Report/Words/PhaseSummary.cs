namespace Goldilocks.Report;

/// <summary>What a run showed, in two sentences made from its numbers.</summary>
internal static class PhaseSummary
{
    public static string Of(RunDetail run)
    {
        var row = run.Row;
        var (share, unseenShare) = (Terms.Share(row), Terms.UnseenShare(row));
        var (train, unseen) = (Terms.TrainPairs(row), Terms.UnseenPairs(row));
        if (run.ValidationAccuracy.Steps.Count == 0) return WithoutValidation(row);
        return (row.TrainStep, row.ValidationStep) switch
        {
            ({ } learned, { } understood) =>
                $"The network knew {share} of {train} after {Numbers.Counted(learned, "step")}, and {unseenShare} of {unseen} {Delay(learned, understood)}. {BothReached(row)}",
            ({ } learned, null) =>
                $"The network knew {share} of {train} after {Numbers.Counted(learned, "step")}, but in {Numbers.Counted(row.Steps, "step")} it never got {unseenShare} of {unseen} right{Final(row)}. {Verdict(row)}",
            (null, null) =>
                $"In {Numbers.Counted(row.Steps, "step")} the network learned neither {share} of {train} nor {unseenShare} of {unseen}{Final(row)}. {Verdict(row)}",
            (null, { } understood) =>
                $"In {Numbers.Counted(row.Steps, "step")} the network never knew {share} of {train}, though after {Numbers.Counted(understood, "step")} it got {unseenShare} of {unseen} right. {Verdict(row)}",
        };
    }

    /// <summary>What the phase means, in words for a newcomer.</summary>
    private static string Verdict(RunRow row) => row.Phase switch
    {
        "comprehension" => $"It understood almost as soon as it knew: by {Table(row)}, a delay of less than {Numbers.Counted(row.GrokkingGap, "step")} is comprehension, and only a longer one is called grokking.",
        "grokking" => $"That is grokking: first it knew by heart, and long after, it understood (by {Table(row)}, {Numbers.Counted(row.GrokkingGap, "step")} later or more).",
        "memorization" => "By the paper's Table 1 that is memorization: it learned the answers by heart without finding enough of what they have in common.",
        "confusion" => "By the paper's Table 1 that is confusion: not even the answers it was shown were learned.",
        _ => "The paper's Table 1 has no name for that, so its phase is undefined here.",
    };

    private static string Table(RunRow row) => row.GrokkingGap == 1000 ? "the paper's Table 1" : "the paper's Table 1 with this run's own gap";

    private static string BothReached(RunRow row) => row.Phase is "comprehension" or "grokking"
        ? Verdict(row)
        : $"Within the step budget of the paper's Table 1 that counts as {row.Phase}.";

    private static string Delay(long learned, long understood) => (understood - learned) switch
    {
        > 0 and var later => $"only after {Count(understood)}, {Numbers.Counted(later, "step")} later",
        0 => "at the same step",
        var earlier => $"already after {Count(understood)}, {Numbers.Counted(-earlier, "step")} earlier",
    };

    private static string Count(long steps) => Numbers.Count(steps);

    private static string Final(RunRow row) => row.Number("final_train_accuracy") is { } train && row.Number("final_validation_accuracy") is { } validation
        ? $" (at the end: {Numbers.Percent(train)} and {Numbers.Percent(validation)})"
        : "";

    private static string WithoutValidation(RunRow row)
    {
        var known = row.TrainStep is { } step
            ? $"The network knew {Terms.Share(row)} of {Terms.TrainPairs(row)} after {Numbers.Counted(step, "step")}."
            : $"In {Numbers.Counted(row.Steps, "step")} the network never knew {Terms.Share(row)} of {Terms.TrainPairs(row)}.";
        return $"{known} No {Terms.Noun(row)} was kept back, so nobody can say whether it understood.";
    }
}
