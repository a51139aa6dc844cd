namespace Goldilocks.Analyze;

/// <summary>What a decoder answers over the plane of its two-dimensional input (Figure 2).</summary>
/// <param name="Run">Identity of the run.</param>
/// <param name="Step">Updates before the checkpoint.</param>
/// <param name="Grid">The points.</param>
/// <param name="Classes">The class with the highest probability at each point, row by row.</param>
internal sealed record DecoderMap(string Run, long Step, PlaneGrid Grid, int[] Classes);
