namespace Goldilocks.Report;

/// <summary>A step worth marking in a chart.</summary>
/// <param name="Step">Where; null for never.</param>
/// <param name="Text">Its name.</param>
/// <param name="Kind">"train", "validation" or "rqi": its colour.</param>
/// <param name="Top">Pixels from the top of the plot at which the name stands.</param>
internal sealed record Milestone(long? Step, string Text, string Kind, int Top);
