namespace Goldilocks.Pipeline;

/// <summary>What a stage says when it is done; kept in its manifest.</summary>
/// <param name="Text">One line for the terminal: "1 run, 61 checkpoints". May be empty.</param>
/// <param name="LookAt">The file a person should open, relative to the stage's folder ("index.html"), or null.</param>
internal sealed record StageSummary(string Text, string? LookAt = null);
