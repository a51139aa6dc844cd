namespace Goldilocks.Train;

/// <summary>Watches a sweep's runs while they are trained. Results do not depend on it.</summary>
public interface ISweepObserver
{
    /// <summary>A run is about to be trained, or taken up where it was left. Called, as are the result's members, on the thread that trains it.</summary>
    IRunObserver Begin(RunConfig config, Experiment experiment);

    /// <summary>The run broke.</summary>
    void Failed(RunConfig config);
}
