using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>One chart with its words.</summary>
internal abstract class Figure
{
    /// <summary>Width of a static picture's plot area in pixels before scaling.</summary>
    public virtual int Width => 660;

    /// <summary>Its name in file names and in the page: "accuracy".</summary>
    public abstract string Id { get; }

    /// <summary>Short heading.</summary>
    public abstract string Title { get; }

    /// <summary>What it shows, for those who cannot see it.</summary>
    public abstract string Alt { get; }

    /// <summary>What the axes and marks mean; conventions, seed and command are appended to it.</summary>
    public abstract string Caption { get; }

    /// <summary>Plot height in pixels.</summary>
    protected virtual int Height => 320;

    /// <summary>Pixels above the plot that its legend needs.</summary>
    public virtual int Head => 0;

    /// <summary>Pixels left of the plot for the axis, its title and the neighbour's end, where charts stand side by side in one picture.</summary>
    public virtual int Gutter => 96;

    /// <summary>Words that identify the run, for the subtitle of static pictures.</summary>
    public required string Identity { get; init; }

    /// <summary>What every caption ends with: convention, run, command.</summary>
    public required string Provenance { get; init; }

    /// <summary>The complete caption.</summary>
    public string FullCaption => $"{Caption} {Provenance}";

    /// <summary>A self-contained Vega-Lite specification with title and colours, for a file.</summary>
    public JsonObject Static(Theme theme)
    {
        var spec = Base(interactive: false);
        spec["width"] = Width;
        spec["title"] = new JsonObject { ["text"] = Title, ["subtitle"] = Identity };
        spec["config"] = theme.Config();
        return spec;
    }

    /// <summary>The chart as a part of a larger picture, which gives it colours. Its title is a mark, so that those of a row stand in line whatever their legends.</summary>
    /// <param name="letter">The panel's letter.</param>
    /// <param name="width">Width of its plot in pixels.</param>
    /// <param name="head">Pixels above the plot that legends of the row need.</param>
    public JsonObject Part(char letter, int width, int head)
    {
        var spec = Base(interactive: false);
        spec.Remove("$schema");
        spec["width"] = width;
        spec["height"] = HeightAt(width);
        spec["layer"]!.AsArray().Add(new JsonObject
        {
            ["data"] = Layers.Values([[]]),
            ["mark"] = new JsonObject { ["type"] = "text", ["style"] = "panel", ["text"] = $"({letter}) {Title}", ["align"] = "left", ["baseline"] = "bottom", ["dx"] = -40 },
            ["encoding"] = new JsonObject { ["x"] = new JsonObject { ["value"] = 0 }, ["y"] = new JsonObject { ["value"] = -head - 14 } },
        });
        return spec;
    }

    /// <summary>A specification that fills its place in the page, answers to the pointer, and takes its colours from the page's theme.</summary>
    public JsonObject Interactive()
    {
        var spec = Base(interactive: true);
        spec["width"] = "container";
        spec["autosize"] = new JsonObject { ["type"] = "fit-x", ["contains"] = "padding" };
        return spec;
    }

    /// <summary>Plot height where the plot has another width than <see cref="Width"/>.</summary>
    protected virtual int HeightAt(int width) => Height;

    /// <summary>Data, layers and whatever else the chart needs.</summary>
    protected abstract JsonObject Draw(bool interactive);

    private JsonObject Base(bool interactive)
    {
        var spec = Draw(interactive);
        spec["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json";
        spec["description"] = $"{Alt} {FullCaption}";
        spec["height"] = Height;
        return spec;
    }
}
