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
    ];

    /// <summary>The columns of all measures, one after another.</summary>
    public static IReadOnlyList<Column> Columns { get; } = [.. All.SelectMany(measure => measure.Columns)];

    private static readonly Dictionary<string, int> Indices = Columns.Select((column, i) => (column.Name, i)).ToDictionary(StringComparer.Ordinal);

    /// <summary>A column's place among <see cref="Columns"/>.</summary>
    public static int IndexOf(string column) => Indices[column];
}
