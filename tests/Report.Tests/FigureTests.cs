using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>Every chart of every kind of run goes through Vega-Lite, which takes warnings for errors.</summary>
public sealed class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly (string Name, SampleRun Run)[] Kinds =
    [
        ("published", SampleRun.Published),
        ("never", new() { TrainStep = null, ValidationStep = null, RqiStep = null, Phase = "confusion" }),
        ("diverged", new() { Diverges = true, ValidationStep = null }),
        ("logarithmic", new() { Steps = 100_000, Loss = "cross_entropy" }),
        ("plane", new() { Dimension = 2 }),
        ("lost", new() { Steps = 1, Diverges = true }),
        ("many", new() { Symbols = 130, TrainSamples = 4000, Dimension = 1, Validates = false }),
        ("tiny", new() { Symbols = 2, TrainSamples = 2, Steps = 0, TrainStep = 0, ValidationStep = 0, RqiStep = 0 }),
    ];

    [Fact]
    public void All_specifications_compile_and_draw()
    {
        var jobs = new List<RenderJob>();
        foreach (var (name, run) in Kinds)
        {
            foreach (var figure in FigureSet.Create(Reports.Data(run), "./goldilocks run"))
            {
                jobs.Add(new RenderJob($"{name}-{figure.Id}", figure.Static(Theme.Print), Png: name is "published" or "plane"));
                // A place of known width stands for the page's.
                var interactive = figure.Interactive();
                interactive["width"] = 340;
                interactive["config"] = Theme.Dark.Config();
                jobs.Add(new RenderJob($"{name}-{figure.Id}-page", interactive, Png: false));
            }
        }

        var pictures = new NodeRenderer().Render(jobs, CancellationToken.None).ToDictionary(picture => picture.Id);
        Assert.Equal(jobs.Select(job => job.Id), pictures.Keys);
        Assert.Contains("plane-effective-dimension", pictures.Keys);
        Assert.Contains("published-number-line", pictures.Keys);
        Assert.DoesNotContain("many-number-line", pictures.Keys);
        foreach (var picture in pictures.Values) AssertDrawn(picture);
        Assert.Contains("train ≥ 90\u00a0% at step 1130", Texts(pictures["published-accuracy"]));
        Assert.Contains("validation ≥ 90\u00a0% at step 1530", Texts(pictures["published-accuracy"]));
        Assert.Contains("RQI > 0.95 at step 800", Texts(pictures["published-rqi"]));
        Assert.Contains("Training step (optimiser updates)", Texts(pictures["published-loss"]));
        Assert.Contains("Training step (optimiser updates, logarithmic)", Texts(pictures["logarithmic-loss"]));
        Assert.Contains("Cross-entropy (nats), logarithmic", Texts(pictures["logarithmic-loss"]));
        Assert.DoesNotContain(Texts(pictures["never-accuracy"]), text => text.Contains("at step", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ten_symbols_end_equally_spaced_and_named()
    {
        var figure = FigureSet.Create(Reports.Data(SampleRun.Published), "").Single(figure => figure.Id == "embedding");
        var values = figure.Static(Theme.Print)["data"]!["values"]!.AsArray().Where(row => (long)row!["step"]! == 5000).Select(row => (double)row!["value"]!).ToArray();
        Assert.Equal(10, values.Length);
        var gaps = values.Zip(values.Skip(1), (a, b) => b - a).ToArray();
        Assert.All(gaps, gap => Assert.Equal(gaps[0], gap, 4));
        Assert.Equal(9, values.Sum(value => value * value), 3);
    }

    [Fact]
    public void Captions_state_convention_run_and_command()
    {
        var figure = FigureSet.Create(Reports.Data(SampleRun.Published), "./goldilocks run quickstart")[0];
        Assert.Contains("Reference convention", figure.FullCaption, StringComparison.Ordinal);
        Assert.Contains("seed 58", figure.FullCaption, StringComparison.Ordinal);
        Assert.EndsWith("./goldilocks run quickstart", figure.FullCaption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_Node_is_one_clear_line()
    {
        var exception = Assert.Throws<GoldilocksException>(() => new NodeRenderer("node-that-is-not-there").Render([], CancellationToken.None));
        Assert.Equal("Node.js was not found (node-that-is-not-there); it draws the figures. Install Node.js 20 or newer and put it on the PATH.", exception.Message);
    }

    [Fact]
    public void An_invalid_specification_is_named_and_nothing_is_loaded()
    {
        var invalid = Assert.Throws<GoldilocksException>(() => new NodeRenderer().Render([new RenderJob("odd", new JsonObject { ["mark"] = "nonsense" })], CancellationToken.None));
        Assert.Contains("figure odd: ", invalid.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', invalid.Message);
        var remote = new JsonObject { ["data"] = new JsonObject { ["url"] = "https://example.org/data.json" }, ["mark"] = "point", ["encoding"] = new JsonObject() };
        var loads = Assert.Throws<GoldilocksException>(() => new NodeRenderer().Render([new RenderJob("remote", remote)], CancellationToken.None));
        Assert.Contains("must not load", loads.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_drawing()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new NodeRenderer().Render([], cancellation.Token));
    }

    private static string[] Texts(Picture picture) => [.. XDocument.Parse(picture.Svg).Descendants(Svg + "text").Select(text => text.Value)];

    /// <summary>Well-formed SVG with its colours resolved, and a PNG of twice its size.</summary>
    private static void AssertDrawn(Picture picture)
    {
        var root = XDocument.Parse(picture.Svg).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal);
        var png = picture.Png.AsSpan();
        if (png.IsEmpty) return;
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8].ToArray());
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
        Assert.Equal(2 * double.Parse(root.Attribute("width")!.Value, System.Globalization.CultureInfo.InvariantCulture), width, 1.0);
        Assert.Equal(2 * double.Parse(root.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture), height, 1.0);
    }
}
