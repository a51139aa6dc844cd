namespace Goldilocks.Report;

/// <summary>One line of the table "paper / reference code / this run".</summary>
/// <param name="Quantity">What is compared.</param>
/// <param name="Paper">What the paper's text says of it.</param>
/// <param name="Reference">What the authors' code gives for the same settings; null when it is not comparable.</param>
/// <param name="Here">What this run gave.</param>
/// <param name="Agreement">How far they agree; null when it is not comparable.</param>
internal sealed record ComparisonRow(string Quantity, string Paper, string? Reference, string Here, string? Agreement);
