namespace Goldilocks.Report;

/// <summary>A measure that an account of grokking looks at: a column of the tables of the analyze stage.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Column">Its name in the tables.</param>
/// <param name="Label">Its name for readers.</param>
/// <param name="Unit">"nats", "fraction"; empty for a number without one.</param>
/// <param name="Meaning">What it is, without a full stop.</param>
/// <param name="IsDrawn">Whether its course is among the charts.</param>
/// <param name="IsLogarithmic">Whether it spans orders of magnitude.</param>
internal sealed record RivalMeasure(string Account, string Column, string Label, string Unit, string Meaning, bool IsDrawn = false, bool IsLogarithmic = false)
{
    /// <summary>"Restricted loss (nats)".</summary>
    public string Titled => Unit.Length == 0 ? Terms.Capital(Label) : $"{Terms.Capital(Label)} ({Unit})";
}
