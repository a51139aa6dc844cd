using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Figure 2: embeddings in the plane and what the decoder answers there, for addition and modular addition.</summary>
internal sealed class Figure2 : PaperFigure
{
    private readonly IReadOnlyList<PlaneKind> _kinds;

    private Figure2(IReadOnlyList<PlaneKind> kinds, RunGroup runs, string command)
    {
        (_kinds, Runs) = (kinds, runs);
        var panels = kinds.Select(kind => new Panel(
            kind.Letter, new DecoderFigure(kind) { Identity = Terms.Identity(kind.Shown), Provenance = new RunGroup([kind.Shown]).Provenance(command) }, DecoderFigure.Side, IsWide: false));
        Rows = [.. panels.Chunk(2)];
    }

    public override string Id => "fig2";

    public override string Title => "Structure in the embeddings, and what the decoder makes of it";

    public override string Lead => string.Join(' ', _kinds.GroupBy(kind => kind.IsModular).Select(task =>
        Terms.Capital($"{(task.Key ? "modular addition" : "addition")}: {string.Join(", and ", task.OrderBy(kind => kind.IsOrganised).Select(kind => $"{Numbers.Of(kind.Generalised, kind.Runs.Count)} networks {kind.Decoder} generalised"))}.")));

    public override RunGroup Runs { get; }

    public override IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    public override Html Introduction => Html.Of(
        $"""
        <p>Each symbol is a point in the plane, two trained numbers. For a question <i>i</i> + <i>j</i> the decoder sees the middle between the points of <i>i</i> and <i>j</i>, and answers. So the whole decoder can be drawn: the colour of a place is the answer that it gives there. The paper's Figure 2 shows that a network can learn its examples by heart with its points anywhere (a, c), the decoder then being a patchwork. Networks that generalise have points in order: in rows that make parallelograms for addition (b), where pairs with the same sum have the same middle, and on a circle for modular addition (d), where they lie in the same slice.</p>
        <p>For each kind the runs were trained with several seeds. Of the networks with a regularised decoder the one with the highest accuracy over all pairs is shown, of those without the one with the lowest; among equals the one with the most (or least) structure: parallelograms for addition, a circle for modular addition. The table gives them all.{Mirrors}</p>

        """);

    private string Mirrors => Runs.Common("pairs") is "ordered"
        ? " The paper leaves open whether i + j and j + i are two samples. Here they are, so most pairs that are kept back have their mirror image in the training set, and even networks that memorise get many of them right."
        : "";

    public override Html Evidence => Html.Of(
        $"""
        {Tables.Of("Kinds of networks", ["Panel", "Task", "Decoder", "Runs", "Generalised", "Accuracy over all pairs: lowest", "Median", "Highest"], _kinds.Select(Kind))}{Tables.Of("All runs", ["Run", "Panel", "Seed", "Validation step", "Accuracy over all pairs", "Shown"], _kinds.SelectMany(kind => kind.Runs.Select(run => (string[])
        [
            run.ShortId, $"({kind.Letter})", Numbers.Count(run.Seed), Numbers.StepOrNever(run.ValidationStep), Numbers.Percent(run.Number("final_accuracy")), run == kind.Shown ? "yes" : "",
        ])), numeric: true)}<p class="note">A network generalised when its validation accuracy reached 90 % at some step; the validation step is the first such one.</p>

        """);

    /// <summary>Reads the tables behind the figure.</summary>
    public static PaperFigure Read(ReportInput input, QueryEngine engine, IReadOnlyList<RunRow> runs, CancellationToken cancellation)
    {
        var maps = TableFile.Open(engine, input.AnalyzeFolder, "decoder_map", "analyze");
        var mapped = maps.Compute(["run"], "DISTINCT run", "", cancellation).Select(row => row.Words("run")).ToHashSet();
        var embeddings = TableFile.Open(engine, input.TrainFolder, "embeddings", "train");
        var circles = TableFile.Open(engine, input.AnalyzeFolder, "analysis", "analyze").Compute(["run", "step", "circularity"], "run, arg_max(circularity, step) AS circularity", "GROUP BY run", cancellation)
            .ToDictionary(row => row.Words("run"), row => row.Number("circularity") ?? 0);
        RunRow[] plane = [.. runs.Where(run => run.Dimension == 2 && mapped.Contains(run.Id))];
        if (plane.Length == 0) throw new GoldilocksException("decoder_map.parquet: holds no run of runs.parquet with a two-dimensional embedding. Train one, and run the analyze stage on it.");
        var kinds = plane.GroupBy(run => (IsModular: run.Words("operation") == "modular_add", IsOrganised: run.RealNumber("decoder_weight_decay") != 0)).OrderBy(group => group.Key)
            .Select(group => new PlaneKind(group.Key.IsModular, group.Key.IsOrganised, [.. group.OrderBy(run => run.Seed)], run => group.Key.IsModular ? circles.GetValueOrDefault(run.Id) : run.RealNumber("final_rqi"), run => (
                DecoderMap.Read(maps, run, cancellation),
                ReportData.ReadEmbeddings(embeddings, $"WHERE run = {SqlText.Literal(run.Id)}", 2, cancellation))));
        return new Figure2([.. kinds], new RunGroup(plane), input.Command);
    }

    public override IEnumerable<(string? Path, string Holds)> Files(TableLinks links) =>
    [
        (links.Train("runs"), "one row per run: its settings, first steps (null: never), and accuracies at its end"),
        (links.Train("embeddings"), "the embeddings as trained: run, step, symbol, dimension, value"),
        (links.Analyze("decoder_map"), "the decoder's answers on a grid of the plane: run, step, row, column, x, y, class"),
    ];

    private static string[] Kind(PlaneKind kind)
    {
        double[] accuracies = [.. kind.Runs.Select(run => run.RealNumber("final_accuracy"))];
        return
        [
            $"({kind.Letter})", kind.IsModular ? "modular addition" : "addition", kind.Decoder, Numbers.Count(accuracies.Length), Numbers.Count(kind.Generalised),
            Numbers.Percent(accuracies.Min()), Numbers.Percent(Statistics.Median(accuracies)), Numbers.Percent(accuracies.Max()),
        ];
    }
}
