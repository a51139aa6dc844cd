namespace Goldilocks.Native;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name, in snake case.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Doc">What it holds, with the unit and the meaning of null; stored in the file.</param>
public sealed record Column(string Name, ColumnType Type, string Doc);
