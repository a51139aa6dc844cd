using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The step axis of one run: linear, or logarithmic when everything happens in its first twentieth.</summary>
internal sealed class StepAxis
{
    /// <param name="run">Whose steps.</param>
    /// <param name="logarithmic">Logarithmic in any case.</param>
    public StepAxis(RunRow run, bool logarithmic = false)
    {
        Last = run.Steps;
        long?[] events = [run.TrainStep, run.ValidationStep, run.RqiStep];
        Logarithmic = logarithmic || (events.Max() is { } last && last > 0 && last * 20 < Last);
    }

    /// <param name="last">The last step.</param>
    /// <param name="logarithmic">Whether the axis is logarithmic.</param>
    public StepAxis(long last, bool logarithmic) => (Last, Logarithmic) = (last, logarithmic);

    /// <summary>The last step.</summary>
    public long Last { get; }

    public bool Logarithmic { get; }

    /// <summary>Whether a step has a place on the axis.</summary>
    public bool Shows(long step) => step >= (Logarithmic ? 1 : 0) && step <= Last;

    /// <summary>Whether a label at this step has its room on the left of it.</summary>
    public bool IsLate(long step) => Logarithmic
        ? Math.Log(Math.Max(step, 1)) > 0.55 * Math.Log(Math.Max(Last, 2))
        : step > 0.55 * Last;

    /// <summary>The x channel.</summary>
    public JsonObject Encode()
    {
        var axis = new JsonObject { ["tickCount"] = 6, ["labelOverlap"] = "greedy", ["labelExpr"] = "format(datum.value, datum.value < 10000 ? 'd' : ',d')" };
        if (Logarithmic && Last >= 100) axis["values"] = Decades(Last);
        return Encode(axis);
    }

    /// <summary>The powers of ten from 1 to the last step.</summary>
    public static JsonArray Decades(long last)
    {
        var decades = new JsonArray();
        for (var decade = 1L; decade <= last; decade *= 10) decades.Add(decade);
        return decades;
    }

    /// <summary>A sentence for captions.</summary>
    public string Note => Logarithmic ? "The step axis is logarithmic; step 0 has no place on it." : "";

    private JsonObject Encode(JsonObject axis) => new()
    {
        ["field"] = "step",
        ["type"] = "quantitative",
        ["title"] = Logarithmic ? "Training step (optimiser updates, logarithmic)" : "Training step (optimiser updates)",
        ["scale"] = new JsonObject
        {
            ["type"] = Logarithmic ? "log" : "linear",
            ["domain"] = new JsonArray(Logarithmic ? 1 : 0, Math.Max(Last, Logarithmic ? 2 : 1)),
            ["nice"] = false,
        },
        ["axis"] = axis,
    };
}
