namespace Goldilocks.Report;

/// <summary>What stands behind a report, from the manifests of its stages.</summary>
/// <param name="Finished">When the report was drawn.</param>
/// <param name="Duration">Time that its stages took, all together.</param>
/// <param name="Runs">Runs trained.</param>
/// <param name="Result">The train stage's own words.</param>
/// <param name="Processor">On what.</param>
/// <param name="Version">Of this program.</param>
/// <param name="IsCurrent">False: pipelines.yml now says something else than what was run.</param>
public sealed record OverviewWork(DateTimeOffset Finished, TimeSpan Duration, long Runs, string Result, string Processor, string Version, bool IsCurrent);
