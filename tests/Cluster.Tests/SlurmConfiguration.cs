using System.Globalization;

namespace Goldilocks.Cluster.Tests;

/// <summary>slurm.conf of a cluster whose nodes are all this machine, with patience counted in seconds.</summary>
internal static class SlurmConfiguration
{
    public const int MaxArraySize = 1001;

    /// <param name="folder">Everything lies here.</param>
    /// <param name="nodes">Their names.</param>
    /// <param name="ports">The controller's port, then one per node.</param>
    public static string Text(string folder, IReadOnlyList<string> nodes, int[] ports)
    {
        var host = Environment.MachineName.Split('.')[0];
        var user = Environment.UserName;
        var lines = nodes.Select((node, i) =>
            string.Create(CultureInfo.InvariantCulture, $"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[i + 1]} CPUs={SlurmCluster.CpusPerNode}"));

        // cred_expire: a requeued task waits this long, and two minutes by default.
        return $"""
            ClusterName=goldilocks
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            AuthInfo=socket={folder}/munge.socket,cred_expire=5
            CredType=cred/munge
            StateSaveLocation={folder}/state
            SlurmctldPidFile={folder}/slurmctld.pid
            SlurmctldLogFile={folder}/slurmctld.log
            SlurmdSpoolDir={folder}/spool-%n
            SlurmdPidFile={folder}/slurmd-%n.pid
            SlurmdLogFile={folder}/slurmd-%n.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            MpiDefault=none
            SwitchType=switch/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerType=sched/backfill
            SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
            SlurmdParameters=config_overrides
            Prolog={folder}/prolog
            MaxArraySize={MaxArraySize}
            JobRequeue=1
            ReturnToService=2
            MinJobAge=30
            KillWait=5
            MessageTimeout=5
            SlurmdTimeout=3
            BatchStartTimeout=10
            {string.Join('\n', lines)}
            PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """;
    }
}
