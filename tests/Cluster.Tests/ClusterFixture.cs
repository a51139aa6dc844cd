namespace Goldilocks.Cluster.Tests;

/// <summary>One cluster for all tests of a class; none where they are skipped.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    internal SlurmCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (SlurmCluster.Installed || SlurmCluster.Required) Cluster = await SlurmCluster.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
    }
}
