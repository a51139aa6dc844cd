using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>Every measure, in the order of the table's columns.</summary>
internal static class Measures
{
    public static IReadOnlyList<IMeasure> All { get; } =
    [
        new SplitAccuracyMeasure(),
        new AccuracyMeasure(),
        new RqiMeasure(),
        new PredictedAccuracyMeasure(),
        new TrainingStructureMeasure(),
        new PrincipalComponentsMeasure(),
        new CircularityMeasure(),
        new WeightNormMeasure(),
        new EmbeddingNormMeasure(),
        new AgreementMeasure(),
        new LossMeasure(),
        new FourierMeasure(),
        new KeyFrequencyMeasure(),
        new ProgressMeasure(),
        new TrigonometricMeasure(),
        new ParticipationMeasure(),
        new WeightChangeMeasure(),
        new LastLayerMeasure(),
        new ActivityMeasure(),
        new SparsityMeasure(),
        new CorrelationTrapMeasure(),
        new ShadowKnowledgeMeasure(),
    ];

    /// <summary>The columns of all measures, one after another.</summary>
    public static IReadOnlyList<Column> Columns { get; } = [.. All.SelectMany(measure => measure.Columns)];

    private static readonly Dictionary<string, int> Indices = Columns.Select((column, i) => (column.Name, i)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The measures of these names; all of them without a name.</summary>
    /// <exception cref="GoldilocksException">There is no measure of a name.</exception>
    public static IReadOnlySet<IMeasure> Select(IReadOnlyList<string> names)
    {
        var all = All.Select(measure => measure.Name).ToArray();
        if (names.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
            throw new GoldilocksException($"measures: there is no measure \"{unknown}\". {Suggest.Hint(unknown, all)}");
        return All.Where(measure => names.Count == 0 || names.Contains(measure.Name)).ToHashSet();
    }

    /// <summary>A column's place among <see cref="Columns"/>.</summary>
    public static int IndexOf(string column) => Indices[column];
}
