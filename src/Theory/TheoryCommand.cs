using System.CommandLine;

namespace Goldilocks.Theory;

/// <summary>The <c>theory</c> command: the paper's mathematics without training.</summary>
public static class TheoryCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() => new("theory", "The effective theory: predictions from a data set alone") { PredictCommand.Create(), CriticalCommand.Create() };
}
