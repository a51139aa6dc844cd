namespace Goldilocks.Train;

/// <summary>Which samples a step trains on.</summary>
public interface IBatchOrder
{
    /// <summary>
    /// Reorders <paramref name="train"/>, a permutation of the training samples, so that the batch of the next step comes first. Called once
    /// for every step from 0 on.
    /// </summary>
    void Next(long step, Span<int> train);
}
