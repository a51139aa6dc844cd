namespace Goldilocks.Report;

/// <summary>What a command that is watched is about.</summary>
/// <param name="Title">What is trained.</param>
/// <param name="Command">The command that trains it.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Path">The report's page or, in a pipeline without one, the folder of the tables.</param>
/// <param name="HasReport">Which of the two.</param>
/// <param name="Runs">In training first, newest first.</param>
public sealed record LiveSession(string Title, string Command, LiveStage Stage, string Path, bool HasReport, IReadOnlyList<LiveRun> Runs);
