namespace Goldilocks.Pipeline;

/// <summary>One task of a job array as squeue sees it.</summary>
/// <param name="Index">Its shard.</param>
/// <param name="State">Slurm's long name of the state, such as RUNNING.</param>
/// <param name="Restarts">How often it went back into the queue after it had started.</param>
/// <param name="Reason">Why it waits or how it failed; "None" where there is nothing to say.</param>
internal sealed record SlurmTask(int Index, string State, int Restarts, string Reason)
{
    public const string Cancelled = "CANCELLED";
    public const string Completed = "COMPLETED";

    /// <summary>Slurm starts tasks no more when a node failed to start them; somebody must release them.</summary>
    public const string LaunchFailedHeld = "launch failed requeued held";

    /// <summary>It waits, runs, or is about to. Finished tasks stay visible for a while (Slurm's MinJobAge).</summary>
    public bool IsActive => State is not (Completed or Cancelled or "BOOT_FAIL" or "DEADLINE" or "FAILED" or "NODE_FAIL" or "OUT_OF_MEMORY" or "PREEMPTED" or "REVOKED" or "TIMEOUT");

    public bool IsRunning => State is "RUNNING" or "COMPLETING" or "CONFIGURING";
}
