using System.Diagnostics;
using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Analyze.Tests;

public sealed class AnalyzeStageTests(TrainedRuns runs) : IClassFixture<TrainedRuns>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bytes_do_not_depend_on_the_number_of_jobs()
    {
        var steps = new List<(int, int)>();
        Run("one", jobs: 1, new Progress(steps));
        Run("two", jobs: 2);
        Run("again", jobs: 2);
        var one = File.ReadAllBytes(Table("one"));
        Assert.Equal(one, File.ReadAllBytes(Table("two")));
        Assert.Equal(one, File.ReadAllBytes(Table("again")));
        Assert.Equal(Enumerable.Range(1, runs.Models).Select(done => (done, runs.Models)), steps);
    }

    [Fact]
    public void An_independent_reader_reads_the_table()
    {
        Run("table", jobs: 2);
        using var document = Read(Table("table"));
        var metadata = document.RootElement.GetProperty("metadata");
        Assert.Equal("analysis", metadata.GetProperty("table").GetString());
        Assert.Equal("2", metadata.GetProperty("schema_version").GetString());
        Assert.All(AnalysisTable.Schema.Columns, column => Assert.Equal(column.Doc, metadata.GetProperty($"doc.{column.Name}").GetString()));

        var analysis = Analyzer.Run(ModelFile.Find([runs.Exported]), new WitnessFiles(runs.Train), new AnalyzeOptions(), jobs: 1, progress: null, CancellationToken.None);
        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(analysis.Rows.Count, rows.Length);
        foreach (var (expected, row) in analysis.Rows.Zip(rows))
        {
            Assert.Equal(AnalysisTable.Schema.Columns.Select(column => column.Name), row.EnumerateObject().Select(property => property.Name));
            foreach (var (name, value) in AnalysisTable.Cells(expected))
            {
                if (value is double number) Assert.Equal(number, row.GetProperty(name).GetDouble());
                else Assert.Equal(value?.ToString() ?? "", row.GetProperty(name).ToString());
            }
        }
    }

    [Fact]
    public void Rows_are_ordered_by_run_and_step()
    {
        Run("table", jobs: 2);
        using var query = new QueryEngine();
        var result = query.Query($"SELECT run, step FROM '{Table("table")}'");
        var keys = result["run"].ToTexts().Zip(result["step"].ToIntegers()).ToArray();
        Assert.Equal(keys.OrderBy(key => key.First, StringComparer.Ordinal).ThenBy(key => key.Second), keys);
        Assert.Equal(runs.Configs.Select(config => config.Run).Order(StringComparer.Ordinal), keys.Select(key => key.First!).Distinct());
    }

    [Fact]
    public void A_damaged_model_stops_the_stage_before_anything_is_written()
    {
        var models = _folder.File("models");
        runs.CopyModelsTo(models);
        var path = Directory.GetFiles(models)[3];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..1000]);
        var error = Assert.Throws<GoldilocksException>(() => AnalyzeStage.Run(models, null, _folder.File("out"), new AnalyzeOptions(), 2, null, CancellationToken.None));
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void Cancellation_writes_nothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => AnalyzeStage.Run(runs.Exported, null, _folder.File("out"), new AnalyzeOptions(), 2, null, source.Token));
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    private string Table(string name) => _folder.File(name, AnalyzeStage.FileName);

    private void Run(string name, int jobs, IProgress<(int Done, int Total)>? progress = null) =>
        AnalyzeStage.Run(runs.Exported, runs.Train, _folder.File(name), new AnalyzeOptions(), jobs, progress, CancellationToken.None);

    private static JsonDocument Read(string parquet)
    {
        using var node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "read-parquet.mjs"), NativeLibraries.NodeModules, parquet },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync();
        var document = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(document);
    }

    private sealed class Progress(List<(int, int)> steps) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => steps.Add(value);
    }
}
