using System.CommandLine;

namespace Goldilocks.Data;

/// <summary>The <c>data</c> command: data sets that are not made by formula.</summary>
public static class DataCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() => new("data", "Fetch and verify data sets.") { DataMnistCommand.Create() };
}
