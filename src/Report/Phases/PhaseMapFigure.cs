using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 6: the phase of each cell.</summary>
internal sealed class PhaseMapFigure(PhaseGrid grid) : MapFigure(grid, 560)
{
    public override string Id => "phase-map";

    public override string Title => Grid.HasSeveral ? "Most frequent phase" : "Phase";

    public override string Alt => $"Map of the learning phases over {Grid.Parameters}: {PhaseNumbers.Counts(Grid)}.";

    public override string Caption
    {
        get
        {
            var what = Grid.HasSeveral ? "The most frequent phase among the runs of each cell; of equally frequent ones, the first in the order of Table 1 (comprehension, grokking, memorization, confusion)" : "The phase of each cell's run";
            return $"{what}. In brackets: how many cells. {PhaseNumbers.Rule(new RunGroup(Grid.Runs))}{(NoRun is null ? "" : " Blank cells have no run.")}";
        }
    }

    public override int Head => 72;

    protected override IEnumerable<JsonObject> Colour(bool interactive)
    {
        string Entry(string phase) => $"{phase} ({Numbers.Count(Grid.Count(phase))})";
        var entries = PhaseKind.All.Where(phase => phase != PhaseKind.Undefined || Grid.Count(phase) > 0).Select(phase => (Entry(phase), PhaseKind.Colour(phase)));
        if (NoRun is { } none) entries = entries.Append((none, "transparent"));
        yield return Rectangles(
            Grid.Cells.Select(cell => (cell, new JsonObject { ["colour"] = Entry(cell.Phase) })), interactive, "color", Named("colour", [.. entries], columns: 2));
    }
}
