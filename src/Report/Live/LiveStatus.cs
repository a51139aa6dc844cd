namespace Goldilocks.Report;

/// <summary>How a run that is watched stands.</summary>
public enum LiveStatus
{
    Training,
    Finished,
    Failed,
}
