namespace Goldilocks.Pipeline;

/// <summary>Chooses live bars or plain lines.</summary>
internal static class Displays
{
    /// <summary>Bars when <paramref name="output"/> is the console's and a person can see them.</summary>
    public static IDisplay Choose(TextWriter output, TextWriter error) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb"
            ? new TerminalDisplay(output, error)
            : new PlainDisplay(output, error, TimeProvider.System);
}
