using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>How the phases are shared among the runs whose training set could be generalised, and among the others.</summary>
internal sealed class SplitSharesFigure(PhaseGrid grid, SplitShares splits) : Figure
{
    public override string Id => "split-shares";

    public override string Title => "Phases by what the split allows";

    public override string Alt => $"Stacked bars of the shares of the phases among all runs, among the {Numbers.Count(splits.Able.Count)} whose training set has ideal accuracy 1, and among the {Numbers.Count(splits.Unable.Count)} others.";

    public override string Caption => "Shares of the phases over all cells, among all runs, among those whose training set implies every answer (ideal accuracy 1), and among the others.";

    public override int Width => 400;

    public override int Head => 72;

    protected override int Height => 150;

    protected override JsonObject Draw(bool interactive)
    {
        (string Name, IReadOnlyList<RunRow> Runs)[] groups = [("all", grid.Runs), ("ideal 1", splits.Able), ("below 1", splits.Unable)];
        string[] phases = [.. grid.Phases];
        var rows = new List<JsonObject>();
        foreach (var (name, runs) in groups.Where(group => group.Runs.Count > 0))
        {
            var before = 0;
            foreach (var phase in phases)
            {
                var count = runs.Count(run => run.Phase == phase);
                if (count == 0) continue;
                rows.Add(new JsonObject
                {
                    ["group"] = name, ["phase"] = phase, ["x"] = (double)before / runs.Count, ["x2"] = (double)(before + count) / runs.Count,
                    ["runs"] = Numbers.Of(count, runs.Count), ["share"] = Numbers.Percent((double)count / runs.Count),
                });
                before += count;
            }
        }

        return new JsonObject
        {
            ["layer"] = new JsonArray(Marks.Layer(
                rows, new JsonObject { ["type"] = "bar", ["style"] = "cell", ["aria"] = false },
                ("x", Marks.Channel("x", "Share of the runs", new JsonObject { ["domain"] = new JsonArray(0, 1), ["nice"] = false }, Marks.Tenths())), ("x2", new JsonObject { ["field"] = "x2" }),
                ("y", new JsonObject
                {
                    ["field"] = "group", ["type"] = "ordinal", ["title"] = null, ["sort"] = null, ["scale"] = new JsonObject { ["paddingInner"] = 0.25 }, ["axis"] = new JsonObject(),
                }),
                ("color", MapFigure.Named("phase", [.. phases.Select(phase => (phase, PhaseKind.Colour(phase)))], columns: 2)),
                ("tooltip", Marks.Tooltip(interactive, ("group", "ideal accuracy", null), ("phase", "phase", null), ("runs", "runs", null), ("share", "share", null))))),
        };
    }
}
