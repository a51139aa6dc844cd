namespace Goldilocks.Analyze;

/// <summary>A model lacks what a measure needs. Not a failure: the reason goes into the table's <c>note</c>.</summary>
/// <param name="reason">A short clause that starts in lower case; no text out of the file, for it ends up on terminals.</param>
internal sealed class NotMeasurableException(string reason) : Exception(reason);
