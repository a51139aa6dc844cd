using Goldilocks.Core;
using Goldilocks.Export;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Native;
using Goldilocks.Train;

namespace Goldilocks.Analyze.Tests;

/// <summary>The decoder's answers over the plane: a decoder with a known map, and trained ones.</summary>
public sealed class DecoderMapTests : IDisposable
{
    private const int Side = 37;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_linear_decoder_has_stripes()
    {
        // E_k = (1/4 + k/2, (k mod 3)): x from 1/4 to 4.75, y from 0 to 2. The square about its centre has sides of 4.5 · 1.5 = 6.75.
        float[] embedding = [.. Enumerable.Range(0, ExactModel.P).SelectMany(k => (float[])[ExactModel.Line[k], k % 3])];
        OnnxFile.Write(_folder.File("models", "old.onnx"), ExactModel.Graph([.. embedding.Select(value => -value)], metadata: ExactModel.Metadata(step: 4)));
        OnnxFile.Write(_folder.File("models", "last.onnx"), ExactModel.Graph(embedding, metadata: ExactModel.Metadata(step: 10)));
        var (exitCode, _, errors) = await CommandLine.Run(_folder.File("models"), "--decoder-map", $"{Side}", "--output", _folder.File("out"));
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        var rows = Rows("out");
        Assert.Equal(Side * Side, rows.Count);
        const double Length = 6.75, Left = 2.5 - (Length / 2), Bottom = 1 - (Length / 2);
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Equal([ExactModel.Run, 10L, i / Side, i % Side], rows[i][..4]);
            var (x, y) = ((double)rows[i][4]!, (double)rows[i][5]!);
            Assert.Equal(Left + (Length * (i % Side) / (Side - 1)), x, 12);
            Assert.Equal(Bottom + (Length * (i / Side) / (Side - 1)), y, 12);

            // The logits 4cx − 2c − c² are largest for the class nearest to 2x − 1, whatever y; half-way between two, either.
            var target = Math.Clamp((2 * x) - 1, 0, ExactModel.Classes - 1);
            Assert.InRange(Math.Abs((int)rows[i][6]! - target), 0, 0.5 + 1e-5);
        }

        Assert.Contains(rows, row => (int)row[6]! == 0);
        Assert.Contains(rows, row => (int)row[6]! == 10);
    }

    [Fact]
    public void Trained_runs_are_mapped_at_their_last_checkpoint_as_their_decoders_answer()
    {
        RunConfig[] configs = [Config("operation=modular_add pairs=ordered train_samples=40 input=mean targets=one_hot seed=1"), Config("seed=2 train_samples=20"), Config("seed=2 train_samples=20 embedding_dimension=1")];
        var records = TrainStage.Run(configs, _folder.File("train"), jobs: 1, progress: null, CancellationToken.None);
        ExportStage.Run(_folder.File("train"), _folder.File("export"), progress: null, CancellationToken.None);
        Analyze("one", jobs: 1);
        Analyze("two", jobs: 2);
        Assert.Equal(File.ReadAllBytes(_folder.File("one", DecoderMapTable.FileName)), File.ReadAllBytes(_folder.File("two", DecoderMapTable.FileName)));
        var rows = Rows("one");
        Assert.Equal(2 * Side * Side, rows.Count);
        Assert.Equal(configs[..2].Select(config => config.Run).Order(StringComparer.Ordinal), rows.Select(row => (string)row[0]!).Distinct());
        Assert.All(rows, row => Assert.Equal(150L, row[1]));
        foreach (var config in configs[..2])
        {
            var graph = OnnxFile.Read(_folder.File("export", $"{config.ShortRun}-step0000150.onnx"));
            foreach (var row in rows.Where(row => (string)row[0]! == config.Run).Where((_, i) => i % 29 == 0))
            {
                var logits = Logits(graph, (double)row[4]!, (double)row[5]!);
                Assert.InRange(logits.Max() - logits[(int)row[6]!], 0, 1e-4 * logits.Max(Math.Abs));
            }
        }

        // The modular task is known to the measures.
        using var query = new QueryEngine();
        query.RegisterParquet("analysis", _folder.File("one", AnalyzeStage.FileName));
        var accuracy = query.Query($"SELECT accuracy FROM analysis WHERE run = '{configs[0].Run}' AND step = 150").Rows.Single()[0];
        Assert.Equal((records[0].Last.TrainCorrect + records[0].Last.ValidationCorrect) / 49.0, accuracy);
    }

    [Fact]
    public void Without_the_option_there_is_no_map_and_without_a_plane_an_error()
    {
        TrainStage.Run([Config("seed=3 embedding_dimension=3 checkpoints=last train_samples=20")], _folder.File("train"), jobs: 1, progress: null, CancellationToken.None);
        ExportStage.Run(_folder.File("train"), _folder.File("export"), progress: null, CancellationToken.None);
        Analyze("none", jobs: 1, side: 0);
        Assert.Equal([_folder.File("none", AnalyzeStage.FileName)], Directory.GetFiles(_folder.File("none")));
        var error = Assert.Throws<GoldilocksException>(() => Analyze("map", jobs: 1));
        Assert.Contains("its embedding has 3 dimensions, not 2", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("map")));
    }

    [Fact]
    public void What_cannot_be_mapped_says_why()
    {
        float[] point = [.. Enumerable.Repeat(1f, 2 * ExactModel.P)];
        Assert.Contains("all symbols lie on one point", Refusal(ExactModel.Graph(point)), StringComparison.Ordinal);
        point[3] = float.NaN;
        Assert.Contains("the embedding is not finite", Refusal(ExactModel.Graph(point)), StringComparison.Ordinal);
        var graph = ExactModel.Graph([.. Enumerable.Range(0, 2 * ExactModel.P).Select(i => (float)i)]);
        string Renamed(string name) => name == "decoder_input" ? "sum" : name;
        Assert.Contains("no value \"decoder_input\"", Refusal(graph with { Nodes = [.. graph.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(Renamed)], Outputs = [.. node.Outputs.Select(Renamed)] })] }), StringComparison.Ordinal);
        var from = ExactModel.Graph([.. Enumerable.Range(0, 2 * ExactModel.P).Select(i => (float)i)], metadata: []);
        Assert.Contains("no model belongs to a run", Refusal(from), StringComparison.Ordinal);
    }

    private static float[] Layer(float[] x, ModelGraph graph, int layer, Func<double, double> function)
    {
        var (weight, bias) = (graph.Initializer($"decoder.{layer}.weight")!.AsFloats().ToArray(), graph.Initializer($"decoder.{layer}.bias")!.AsFloats().ToArray());
        return [.. bias.Select((value, row) => (float)function(value + x.Select((entry, column) => (double)entry * weight[(row * x.Length) + column]).Sum()))];
    }

    /// <summary>The decoder by hand: two tanh layers, the output, and its products with the targets.</summary>
    private static float[] Logits(ModelGraph graph, double x, double y)
    {
        var output = Layer(Layer(Layer([(float)x, (float)y], graph, 0, Math.Tanh), graph, 2, Math.Tanh), graph, 4, value => value);
        var targets = graph.Initializer("targets")!.AsFloats().ToArray();
        return [.. targets.Chunk(output.Length).Select(target => (float)target.Zip(output, (t, o) => (t * o) - (t * t / 2)).Sum())];
    }

    private static RunConfig Config(string settings)
    {
        var values = new Dictionary<string, string> { ["p"] = "7", ["width"] = "24", ["steps"] = "150", ["embedding_dimension"] = "2", ["decoder_lr"] = "0.005", ["embedding_lr"] = "0.01" };
        foreach (var setting in settings.Split(' ')) values[setting.Split('=')[0]] = setting.Split('=')[1];
        return Recipe.Find("toy-addition").Resolve(values);
    }

    private string Refusal(ModelGraph graph)
    {
        OnnxFile.Write(_folder.File("refused", "model.onnx"), graph);
        return Assert.Throws<GoldilocksException>(() => AnalyzeStage.Run(_folder.File("refused"), null, _folder.File("never"), new AnalyzeOptions { DecoderMap = 5 }, 1, null, CancellationToken.None)).Message;
    }

    private void Analyze(string name, int jobs, int side = Side) =>
        AnalyzeStage.Run(_folder.File("export"), _folder.File("train"), _folder.File(name), new AnalyzeOptions { DecoderMap = side }, jobs, null, CancellationToken.None);

    private List<object?[]> Rows(string name)
    {
        using var query = new QueryEngine();
        query.RegisterParquet("map", _folder.File(name, DecoderMapTable.FileName));
        return [.. query.Query("SELECT run, step, row, \"column\", x, y, class FROM map ORDER BY run, row, \"column\"").Rows.Select(row => row.ToArray())];
    }
}
