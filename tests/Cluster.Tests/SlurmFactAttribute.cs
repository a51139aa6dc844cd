namespace Goldilocks.Cluster.Tests;

/// <summary>
/// A test that starts a real Slurm. It is reported as skipped where Slurm is not installed, unless GOLDILOCKS_REQUIRE_SLURM=1 says
/// that it must be.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute()
    {
        if (!SlurmCluster.Installed && !SlurmCluster.Required)
            Skip = "needs Slurm and munge (Debian: apt install slurmctld slurmd slurm-client munge)";
    }
}
