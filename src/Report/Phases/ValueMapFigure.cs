using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A map of a number, cells that have none in a colour of their own.</summary>
internal sealed class ValueMapFigure(PhaseGrid grid, MapQuantity quantity) : MapFigure(grid, 400)
{
    /// <summary>A grey that no ramp contains.</summary>
    public const string AbsentColour = "#cdd1d6";

    public override string Id => quantity.Id;

    public override string Title => quantity.Title;

    public override string Alt => $"Map over {Grid.Parameters}: {quantity.Title}{(Values.Length == 0 ? ", which no cell has" : $", from {Numbers.Significant(Math.Round(Values.Min(), 4))} to {Numbers.Significant(Math.Round(Values.Max(), 4))} {quantity.Unit}")}.";

    public override string Caption => $"{quantity.Caption}{(Absent > 0 ? $" Grey: {quantity.Absent}." : "")}{(NoRun is null ? "" : " Blank: no run.")}";

    public override int Head => 62;

    private double[] Values => [.. Grid.Cells.Select(quantity.Value).OfType<double>()];

    private int Absent => Grid.Cells.Count(cell => quantity.Value(cell) is null);

    protected override IEnumerable<JsonObject> Colour(bool interactive)
    {
        if (Values.Length > 0)
        {
            yield return Rectangles(
                Grid.Cells.Where(cell => quantity.Value(cell) is not null).Select(cell => (cell, new JsonObject { ["value"] = quantity.Value(cell) })),
                interactive, "color", quantity.Ramp.Channel("value", quantity.Unit), ("value", quantity.Title.ToLowerInvariant(), ".4~g"));
        }

        var absent = $"{quantity.Absent} ({Numbers.Count(Absent)})";
        List<(string, string)> entries = [];
        if (Absent > 0) entries.Add((absent, AbsentColour));
        if (NoRun is { } none) entries.Add((none, "transparent"));
        if (entries.Count == 0) yield break;
        yield return Rectangles(
            Grid.Cells.Where(cell => quantity.Value(cell) is null).Select(cell => (cell, new JsonObject { ["absent"] = absent })), interactive, "fill", Named("absent", entries, columns: 2));
    }
}
