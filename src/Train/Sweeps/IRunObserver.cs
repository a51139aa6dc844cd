namespace Goldilocks.Train;

/// <summary>Watches one run. It may read the record, but not keep it: training goes on in it.</summary>
public interface IRunObserver
{
    /// <summary>A state has been evaluated and what is recorded of it entered. The run waits meanwhile, at every state.</summary>
    void Recorded(RunRecord record);

    /// <summary>No more will be entered.</summary>
    void Finished(RunRecord record);
}
