using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>What the script of a run's page reads.</summary>
internal sealed class RunDocument(RunDetail run, IReadOnlyList<EmbeddingView> views, DecoderMap? map, string caption)
{
    /// <summary>Recorded states of the embedding that a page holds at most; of more, evenly spaced ones.</summary>
    private const int MostStates = 320;

    /// <summary>Points of a curve, likewise.</summary>
    private const int MostPoints = 600;

    /// <summary>Steps that the run is going to have, while it is trained; null: it is done.</summary>
    public long? Planned { get; init; }

    private RunRow Row => run.Row;

    public JsonObject Json() => new()
    {
        ["run"] = Row.ShortId,
        ["last"] = Row.Steps,
        ["logarithmic"] = new StepAxis(Row).Logarithmic || (Planned ?? Row.Steps) > 20_000,
        ["growing"] = Planned is not null,
        ["caption"] = caption,
        ["milestones"] = new JsonArray([.. Milestones()]),
        ["charts"] = new JsonArray([.. Charts()]),
        ["views"] = new JsonArray([.. views.Select(View)]),
        ["task"] = Task(),
        ["map"] = map is null || views.All(view => view.Id != "map") ? null : Map(map),
    };

    private IEnumerable<JsonObject> Milestones()
    {
        JsonObject? At(long? step, string kind, string words) => step is { } reached ? new JsonObject { ["step"] = reached, ["kind"] = kind, ["text"] = words } : null;
        return ((JsonObject?[])
        [
            At(Row.TrainStep, "train", Terms.AccuracyRule(Row, "train")), At(Row.ValidationStep, "validation", Terms.AccuracyRule(Row, "validation")), At(Row.RqiStep, "rqi", Terms.RqiRule(Row)),
        ]).OfType<JsonObject>();
    }

    private IEnumerable<JsonObject> Charts()
    {
        JsonObject Chart(string id, string shortName, string title, string scale, params IReadOnlyList<(string Name, Curve Curve)> series) => new()
        {
            ["id"] = id, ["short"] = shortName, ["title"] = title, ["scale"] = scale,
            ["series"] = new JsonArray([.. series.Where(line => line.Curve.Steps.Count > 1).Select(line => Series(line.Name, line.Curve, scale == "percent" ? 100 : 1))]),
        };
        JsonObject[] charts =
        [
            Chart("accuracy", "Accuracy", "Accuracy (%)", "percent", ("train", run.TrainAccuracy), ("validation", run.ValidationAccuracy)),
            Chart("loss", "Loss", Terms.LossName(Row), "log", ("train", run.TrainLoss), ("validation", run.ValidationLoss)),
            Chart("rqi", "Order", "RQI (fraction)", "unit", ("RQI", run.Rqi)),
            Chart("dimension", "Embedding", "Effective dimension", "linear", ("effective dimension", Row.Dimension > 1 ? Dimension() : Curve.Empty)),
        ];
        return charts.Where(chart => chart["series"]!.AsArray().Count > 0);
    }

    /// <summary>As recorded in training, or else as measured on the checkpoints.</summary>
    private Curve Dimension()
    {
        if (run.EffectiveDimension.Steps.Count > 0 || run.Analysis is null) return run.EffectiveDimension;
        AnalysisRow[] rows = [.. run.Analysis.Where(row => row.EffectiveDimension is not null)];
        return new Curve([.. rows.Select(row => row.Step)], [.. rows.Select(row => row.EffectiveDimension!.Value)]);
    }

    private JsonObject Series(string name, Curve curve, double factor)
    {
        var chosen = Thinned(curve.Steps.Count, MostPoints);
        return new JsonObject
        {
            ["name"] = name, ["steps"] = PageNumbers.Of(chosen.Select(i => curve.Steps[i])), ["values"] = PageNumbers.Of(chosen.Select(i => factor * curve.Values[i])),
        };
    }

    private JsonObject View(EmbeddingView view)
    {
        var (history, chosen) = (view.History, Thinned(view.History.Steps.Count, MostStates));
        return new JsonObject
        {
            ["id"] = view.Id, ["name"] = view.Name, ["axes"] = new JsonArray([.. view.Axes.Select(axis => (JsonNode)axis)]), ["symbols"] = history.Symbols, ["normalised"] = view.IsNormalised,
            ["steps"] = PageNumbers.Of(chosen.Select(i => history.Steps[i])),
            ["values"] = PageNumbers.Of(chosen.SelectMany(i => Enumerable.Range(0, history.Symbols * history.Dimension).Select(k => history.Value(i, k / history.Dimension, k % history.Dimension)))),
        };
    }

    /// <summary>What the script needs to know of the task: modular or not, and how parallelograms are counted (section 3.1); null where it is neither kind of addition.</summary>
    private JsonObject? Task()
    {
        var operation = Row.Text("operation") ?? "add";
        var isModular = operation == "modular_add" || (operation == "add" && Row.Recipe is "transformer" or "modular-mlp");
        if (Row.Integer("p") is not { } p || (operation != "add" && !isModular)) return null;
        var dimension = Row.Dimension;

        // The paper: a distance of 0.01 at most; the reference code: a mean square below 0.01, and its RQI at a step is that of the updated embedding.
        return new JsonObject
        {
            ["p"] = p, ["modular"] = isModular, ["colours"] = new JsonArray([.. Enumerable.Range(0, (int)p).Select(symbol => (JsonNode)(isModular ? ClassColours.Cyclic(symbol, (int)p) : ClassColours.Ordered(symbol, (int)p)))]), ["updated"] = Row.IsReferenceConvention, ["limit"] = Row.IsReferenceConvention ? Math.BitDecrement(0.01 * dimension) : 0.01 * 0.01,
        };
    }

    private JsonObject Map(DecoderMap shown)
    {
        var (left, right, bottom, top) = shown.Bounds;
        var modular = Task()?["modular"]?.GetValue<bool>() ?? false;
        var symbols = (int)(Row.Integer("p") ?? 0);
        var count = modular ? symbols : Math.Max((2 * symbols) - 1, shown.Runs().Max(cells => cells.Class) + 1);
        string Colour(int answer) => modular ? ClassColours.Cyclic(answer, count) : ClassColours.Ordered(answer, count);
        return new JsonObject
        {
            ["step"] = shown.Step, ["bounds"] = new JsonArray(left, right, bottom, top),
            ["cells"] = new JsonArray([.. shown.Runs().GroupBy(cells => cells.Class).OrderBy(group => group.Key).Select(group => new JsonObject
            {
                ["answer"] = group.Key, ["colour"] = Colour(group.Key),
                ["boxes"] = PageNumbers.Of(group.SelectMany(cells => (double[])[cells.Left, cells.Right + (shown.DeltaX / 2), cells.Y - (shown.DeltaY / 2), cells.Y + shown.DeltaY])),
            })]),
            ["answers"] = new JsonArray([.. shown.Centres(least: Math.Max(2, shown.Columns * 3 / 200)).Select(centre => new JsonObject { ["x"] = centre.X, ["y"] = centre.Y, ["answer"] = centre.Class })]),
        };
    }

    /// <summary>
    /// At most <paramref name="most"/> of <paramref name="count"/> indices, evenly chosen, the first and the last among them. Of a run that grows every second one, every fourth, and so on:
    /// what a reader saw stays where it was, or disappears, when more comes.
    /// </summary>
    private int[] Thinned(int count, int most)
    {
        if (Planned is null || count <= most) return Statistics.Spread(count, most);
        var stride = 2;
        while ((count - 1) / stride > most - 2) stride *= 2;
        return [.. Enumerable.Range(0, ((count - 2) / stride) + 1).Select(i => i * stride), count - 1];
    }
}
