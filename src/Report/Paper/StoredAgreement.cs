namespace Goldilocks.Report;

/// <summary>In how many of the runs with the authors' sizes and seeds each number is theirs, to the four decimals that they stored.</summary>
internal sealed class StoredAgreement
{
    private readonly IReadOnlyList<(Outcome Here, StoredRun There)> _pairs;

    /// <param name="outcomes">The runs.</param>
    /// <param name="stored">The authors'.</param>
    public StoredAgreement(IReadOnlyList<Outcome> outcomes, IReadOnlyList<StoredRun> stored)
    {
        var foreign = outcomes.FirstOrDefault(outcome => !(outcome.Run.IsReferenceConvention && outcome.Run.Text("rng") == "reference"));
        Absence = stored.Count == 0 ? "there are no stored runs of this task"
            : foreign is not null ? "these runs do not draw their random numbers, or do not count, as the authors' code does (rng and convention: reference)"
            : null;
        var known = stored.ToDictionary(run => (run.TrainSamples, run.Seed));
        _pairs = Absence is not null ? [] :
            [.. outcomes.Where(outcome => known.ContainsKey((outcome.Run.TrainSamples, outcome.Run.Seed))).Select(outcome => (outcome, known[(outcome.Run.TrainSamples, outcome.Run.Seed)]))];
        if (Absence is null && _pairs.Count == 0) Absence = "no run has a size and seed of theirs";
    }

    /// <summary>Why nothing is compared, or null.</summary>
    public string? Absence { get; }

    /// <summary>Quantity, equal runs, compared runs, largest difference.</summary>
    public IEnumerable<string[]> Rows() =>
    [
        Row("Measured accuracy Acc", pair => (pair.Here.Accuracy, pair.There.Accuracy)),
        Row("Predicted accuracy Acc^", pair => (pair.Here.Predicted, pair.There.PredictedAccuracy)),
        Row("Ideal accuracy", pair => (pair.Here.Ideal, pair.There.IdealAccuracy)),
        Row("Nullity", pair => (pair.Here.Run.Number("nullity"), pair.There.Nullity)),
        Row("Permissible parallelograms |P₀(D)|", pair => (pair.Here.Run.Number("permissible_parallelograms"), pair.There.Parallelograms)),
    ];

    /// <summary>Whether a value is the stored one, which was rounded to four decimals.</summary>
    public static bool IsEqual(double here, double stored) => Math.Abs(here - stored) <= 0.5e-4 + 1e-9;

    private string[] Row(string quantity, Func<(Outcome Here, StoredRun There), (double? Here, double There)> values)
    {
        var compared = _pairs.Select(values).Where(pair => pair.Here is not null).Select(pair => (Here: pair.Here!.Value, pair.There)).ToArray();
        return
        [
            quantity, Numbers.Of(compared.Count(pair => IsEqual(pair.Here, pair.There)), compared.Length),
            compared.Length == 0 ? Numbers.None : Numbers.Fraction(compared.Max(pair => IsEqual(pair.Here, pair.There) ? 0 : Math.Abs(pair.Here - pair.There))),
        ];
    }
}
