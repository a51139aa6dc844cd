using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>A configuration error that already says where it stands.</summary>
internal sealed class LocatedException(string where, string message, Exception? inner = null)
    : GoldilocksException($"{where}: {message}", ExitCodes.Usage, inner);
