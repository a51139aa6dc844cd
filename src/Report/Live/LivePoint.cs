namespace Goldilocks.Report;

/// <summary>A row of <c>curves.parquet</c> without its run.</summary>
public readonly record struct LivePoint(long Step, string Split, string Metric, double Value);
