using Goldilocks.Core;
using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze.Tests;

/// <summary>What the command line says about models: tasks in words and splits in tables.</summary>
public sealed class StatedFactsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("add mod 59", "modular_add", 59, true)]
    [InlineData("add mod 59 unordered", "modular_add", 59, false)]
    [InlineData("subtract mod 59", "modular_subtract", 59, true)]
    [InlineData("multiply mod 10", "modular_multiply", 10, true)]
    [InlineData("divide mod 59", "modular_divide", 59, true)]
    [InlineData("x2+y2 mod 59", "x2+y2", 59, true)]
    [InlineData("x2+xy+y2 mod 59", "x2+xy+y2", 59, true)]
    [InlineData("x3+xy mod 59", "x3+xy", 59, true)]
    [InlineData("modular_divide 7", "modular_divide", 7, true)]
    [InlineData("add 10", "add", 10, false)]
    [InlineData("add 10 ordered", "add", 10, true)]
    [InlineData("group s5", "group_s5", 120, true)]
    [InlineData("group_c2xs3", "group_c2xs3", 12, true)]
    public void Tasks_in_words(string words, string name, int symbols, bool ordered) => Assert.Equal(new StatedTask(name, symbols, ordered), StatedTask.Parse(words));

    [Theory]
    [InlineData("ad mod 59", "unknown operation \"ad\". Did you mean \"add\"?")]
    [InlineData("subtract 59", "only add has a plain result; say \"subtract mod 59\".")]
    [InlineData("divide mod 58", "p = 58 is not prime, so modular_divide has no result for some pairs; the nearest prime is 59.")]
    [InlineData("add mod 1", "p = 1 is outside 2..1024.")]
    [InlineData("add mod x", "\"x\" is no number; expected \"add mod P\"")]
    [InlineData("x3+xy mod 7 unordered", "only sums have unordered pairs.")]
    [InlineData("group s9", "\"s9\" is no group known here")]
    [InlineData("", "expected \"add mod P\"")]
    public void Tasks_that_there_are_not(string words, string complaint) =>
        Assert.StartsWith($"--task \"{words}\": {complaint}", Assert.Throws<GoldilocksException>(() => StatedTask.Parse(words)).Message, StringComparison.Ordinal);

    [Fact]
    public void Splits_in_tables()
    {
        var samples = SampleSet.ModularAddition(2, ordered: true);
        Assert.Equal("1 2", Csv("a,b\n0,1\n1,0\n").TrainSamples(samples));
        Assert.Equal("3 0", Csv("split,b,a\ntrain,1,1\nvalidation,1,0\ntrain,0,0\nvalidation,0,1\n").TrainSamples(samples));
        using (var engine = new QueryEngine(1)) engine.Query($"COPY (SELECT 1 AS a, 1 AS b, 'x' AS other) TO {SqlText.Literal(_folder.File("s.parquet"))} (FORMAT parquet)");
        Assert.Equal("3", SplitFile.Read(_folder.File("s.parquet")).TrainSamples(samples));
    }

    [Theory]
    [InlineData("x,y\n0,1\n", "has no columns a and b")]
    [InlineData("", "")]
    [InlineData("a,b\n0,zero\n", "column b holds String, not integers")]
    [InlineData("a,b\n0,1.5\n", "column b holds Double, not integers")]
    [InlineData("a,b\n0,\n1,1\n", "column b holds a null in row 0")]
    [InlineData("a,b,split\n0,1,\e[31m\n", "row 1 has the split \"\uFFFD[31m\"; allowed: train, validation.")]
    [InlineData("a,b\n0,1\n0,2\n", "row 2, the pair (0, 2), is no sample of modular_add over the symbols 0..1.")]
    [InlineData("a,b\n0,1\n0,99999999999\n", "row 2, the pair (0, 99999999999), is no sample")]
    [InlineData("a,b\n0,1\n0,1\n", "row 2, the pair (0, 1), stands there twice.")]
    [InlineData("a,b,split\n0,1,train\n", "has 1 of the task's 4 pairs")]
    public void Tables_that_are_no_split(string csv, string complaint)
    {
        var message = Assert.Throws<GoldilocksException>(() => Csv(csv).TrainSamples(SampleSet.ModularAddition(2, ordered: true))).Message;
        Assert.StartsWith($"--split {_folder.File("s.csv")}: {complaint}", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public async Task Wrong_usage_is_one_line()
    {
        File.WriteAllText(_folder.File("s.txt"), "");
        File.WriteAllText(_folder.File("s.csv"), "a,b\n7,7\n");
        Graph.Onnx.OnnxFile.Write(_folder.File("m.onnx"), ExactModel.Graph(metadata: []));
        (string[] Arguments, string Message)[] cases =
        [
            (["--split", _folder.File("none.csv")], $"--split {_folder.File("none.csv")}: no such file; expected a .csv or .parquet table with the columns a, b and split, or the a, b of the training pairs."),
            (["--split", _folder.File("s.txt")], $"--split {_folder.File("s.txt")}: is neither .csv nor .parquet."),
            (["--task", "add mod 5", "--split", _folder.File("s.csv")], $"--split {_folder.File("s.csv")}: row 1, the pair (7, 7), is no sample of modular_add over the symbols 0..4."),
            (["--embedding", "embeding.weight"], $"{_folder.File("m.onnx")}: has no initializer \"embeding.weight\" (--embedding). Did you mean \"embedding.weight\"?"),
            (["--logits", "logit"], $"{_folder.File("m.onnx")}: has no output \"logit\" (--logits). Did you mean \"logits\"?"),
            (["--inspect", "--output", _folder.File("out")], "--inspect writes no table and compares nothing; leave --output and --witness out."),
        ];
        foreach (var (arguments, message) in cases)
        {
            var (exitCode, _, errors) = await CommandLine.Run([_folder.File("m.onnx"), .. arguments]);
            Assert.Equal(ExitCodes.Usage, exitCode);
            Assert.Equal($"error: {message}", Assert.Single(errors));
        }
    }

    private SplitFile Csv(string text)
    {
        File.WriteAllText(_folder.File("s.csv"), text);
        return SplitFile.Read(_folder.File("s.csv"));
    }
}
