namespace Goldilocks.Pipeline;

/// <summary>A file that a stage made.</summary>
/// <param name="Path">Relative to the stage's folder, with '/'.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Volatile">Differs from one execution to the next; not part of what dependent stages are keyed by.</param>
internal sealed record OutputFile(string Path, long Bytes, string Sha256, bool Volatile);
