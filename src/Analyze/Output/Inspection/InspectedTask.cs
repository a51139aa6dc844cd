namespace Goldilocks.Analyze;

/// <summary>A known task.</summary>
/// <param name="Name">As metadata name it.</param>
/// <param name="Stated">Whether the caller said so, not the model.</param>
/// <param name="Samples">All samples.</param>
/// <param name="Classes">Results.</param>
internal sealed record InspectedTask(string Name, bool Stated, int Samples, int Classes);
