namespace Goldilocks.Report;

/// <summary>How far the command has come whose training is watched.</summary>
public enum LiveStage
{
    Training,

    /// <summary>Training is over; what follows it, the report for instance, is being made.</summary>
    Trained,

    /// <summary>All is done.</summary>
    Done,

    /// <summary>Something went wrong, and the command ends.</summary>
    Failed,
}
