namespace Goldilocks.Graph.Compile;

/// <summary>Where in the training a plan's forward pass stands; dropout masks depend on nothing else.</summary>
public sealed class BatchPosition
{
    /// <summary>Updates before this pass.</summary>
    public long Step { get; set; }

    /// <summary>Which row of the whole batch the plan's first row is.</summary>
    public int FirstRow { get; set; }
}
