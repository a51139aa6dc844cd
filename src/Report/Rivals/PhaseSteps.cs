namespace Goldilocks.Report;

/// <summary>The phases of Nanda et al. in runs that memorise first and generalise later.</summary>
/// <param name="Memorised">Step of memorisation.</param>
/// <param name="Circuit">Step at which half of the restricted loss's fall is done; null where it does not fall.</param>
/// <param name="Cleanup">The same of the weight norm.</param>
/// <param name="Generalised">Step of generalisation.</param>
internal sealed record PhaseSteps(double Memorised, double? Circuit, double? Cleanup, double Generalised)
{
    /// <summary>Epochs at which the phases end in the published run, modulo 113.</summary>
    public const int PublishedMemorisation = 1400, PublishedCircuit = 9400, PublishedCleanup = 14_000;

    /// <summary>Whether they come in the published order.</summary>
    public bool IsOrdered => Memorised < Circuit && Circuit < Cleanup;

    /// <summary>Of the runs that have both measures.</summary>
    public static IReadOnlyList<PhaseSteps> Of(IEnumerable<RivalRun> runs) =>
    [
        .. runs.Where(run => run.IsDelayed && run.CurveOf("restricted_loss").Steps.Count > 0 && run.CurveOf("weight_norm").Steps.Count > 0)
            .Select(run => new PhaseSteps(run.Row.TrainStep!.Value, run.CurveOf("restricted_loss").HalfFall(run.Row.TrainStep.Value), run.CurveOf("weight_norm").HalfFall(run.Row.TrainStep.Value), run.Row.ValidationStep!.Value)),
    ];
}
