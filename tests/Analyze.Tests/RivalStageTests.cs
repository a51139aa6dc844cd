using System.Text.RegularExpressions;
using Goldilocks.Core;
using Goldilocks.Export;
using Goldilocks.Native;
using Goldilocks.Train;

namespace Goldilocks.Analyze.Tests;

/// <summary>The stage with rivals on real runs, and what docs/analysis.md says about its tables.</summary>
public sealed partial class RivalStageTests : IDisposable
{
    private static readonly string Docs = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "analysis.md"));

    private readonly TemporaryFolder _folder = new();

    public RivalStageTests()
    {
        var configs = new[] { ("0.1", "1"), ("0.1", "2"), ("2", "1"), ("2", "2") }.Select(run => Recipe.Find("modular-mlp").Resolve(new Dictionary<string, string>
        {
            ["p"] = "11", ["embedding_dimension"] = "16", ["width"] = "24", ["train_fraction"] = "0.7", ["steps"] = "600", ["record_per_decade"] = "600", ["checkpoints_per_decade"] = "6",
            ["embedding_weight_decay"] = run.Item1, ["decoder_weight_decay"] = run.Item1, ["seed"] = run.Item2,
        })).ToArray();
        TrainStage.Run(configs, _folder.File("train"), jobs: 2, progress: null, CancellationToken.None);
        ExportStage.Run(_folder.File("train"), _folder.File("export"), progress: null, CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equal_models_give_equal_bytes_whatever_the_number_of_jobs()
    {
        Analyze("one", jobs: 1);
        Analyze("three", jobs: 3);
        foreach (var table in new[] { AnalyzeStage.FileName, RunMeasures.FileName, RivalTable.FileName })
            Assert.Equal(File.ReadAllBytes(_folder.File("one", table)), File.ReadAllBytes(_folder.File("three", table)));
    }

    [Fact]
    public void The_documented_questions_have_answers()
    {
        Analyze("analyze", jobs: 2);
        using var engine = new QueryEngine();
        foreach (var (view, file) in new[] { ("runs", _folder.File("train", "runs.parquet")), ("analysis", _folder.File("analyze", AnalyzeStage.FileName)), ("rivals", _folder.File("analyze", RivalTable.FileName)) })
            engine.RegisterParquet(view, file);
        var questions = Question().Matches(Docs).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(5, questions.Length);
        Assert.All(questions[..4], question => Assert.NotEqual(0, engine.Query(question).RowCount));
        Assert.Equal(["measure", "lead_runs", "lead_factor", "lead_share"], engine.Query(questions[4]).Columns.Select(column => column.Name));
        Assert.Equal(4L, engine.Query($"SELECT count(*) FROM '{_folder.File("analyze", RunMeasures.FileName)}' WHERE hjorth_activity > 0").Rows.Single()[0]);
        var rival = engine.Query("SELECT runs, generalising, rank_low <= rank_correlation AND rank_correlation <= rank_high FROM rivals WHERE measure = 'weight_norm'").Rows.Single();
        Assert.Equal(true, rival[2] ?? true);
    }

    [Fact]
    public void Every_measure_is_documented_with_its_columns()
    {
        foreach (var measure in Measures.All)
        {
            var line = Assert.Single(Docs.Split('\n'), line => line.StartsWith($"| `{measure.Name}` |", StringComparison.Ordinal));
            Assert.Contains($"| {measure.Source} | {measure.Needs} |", line, StringComparison.Ordinal);
            Assert.All(measure.Columns, column => Assert.Contains($"`{column.Name}`", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Selected_measures_leave_the_other_columns_empty_and_unknown_ones_are_one_line()
    {
        var analysis = Analyzer.Run(ModelFile.Find([_folder.File("export")]), null, new AnalyzeOptions { Measures = ["weight_norm", "loss"] }, 2, null, CancellationToken.None);
        Assert.All(analysis.Rows, row =>
        {
            Assert.Null(row.Note);
            Assert.All(Measures.Columns, column => Assert.Equal(column.Name is "weight_norm" or "train_loss" or "validation_loss", row[column.Name] is not null));
        });
        var error = Assert.Throws<GoldilocksException>(() => Analyzer.Run([], null, new AnalyzeOptions { Measures = ["weight_nrom"] }, 1, null, CancellationToken.None));
        Assert.StartsWith("measures: there is no measure \"weight_nrom\". ", error.Message, StringComparison.Ordinal);
        Assert.Contains("weight_norm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hidden_layer_can_be_named()
    {
        var file = ModelFile.Find([_folder.File("export")])[0];
        var graph = Checkpoint.Read(file).Graph;
        HiddenLayer? Of(string? name) => HiddenLayer.Of(graph, name, _ => throw new InvalidOperationException("every shape is known"));
        Assert.Equal(("hidden_1", 24), (Of(null)!.After, Of(null)!.Units));
        Assert.Equal(Of(null), Of("hidden_1"));
        Assert.Null(Of("logits"));
    }

    private void Analyze(string output, int jobs) =>
        AnalyzeStage.Run(_folder.File("export"), _folder.File("train"), _folder.File(output), new AnalyzeOptions { Rivals = true }, jobs, null, CancellationToken.None);

    [GeneratedRegex("```sql\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Question();
}
