namespace Goldilocks.Graph.Compile;

/// <summary>Puts rows into the inputs of a plan, or takes them from its outputs. Called from several threads at once, for different plans and rows.</summary>
/// <param name="plan">The plan; it has <paramref name="rows"/> rows or, behind these, rows that do not count.</param>
/// <param name="first">Which row of the batch the plan's first one is.</param>
/// <param name="rows">How many.</param>
public delegate void RowFeeder(CompiledModel plan, int first, int rows);
