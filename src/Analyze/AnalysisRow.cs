namespace Goldilocks.Analyze;

/// <summary>One model's measurements.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Run">As in <see cref="Checkpoint.Run"/>.</param>
/// <param name="Step">As in <see cref="Checkpoint.Step"/>.</param>
/// <param name="Recipe">As in the metadata.</param>
/// <param name="Convention">As in the metadata.</param>
/// <param name="Values">In the order of <see cref="Measures.Columns"/>.</param>
/// <param name="Note">What could not be measured, and why.</param>
internal sealed record AnalysisRow(ModelFile File, string? Run, long? Step, string? Recipe, string? Convention, IReadOnlyList<double?> Values, string? Note)
{
    /// <summary>What tables call the model: its file, relative to the folder that was searched.</summary>
    public string Model => File.Name;

    /// <summary>The value of a measure's column.</summary>
    public double? this[string column] => Values[Measures.IndexOf(column)];
}
