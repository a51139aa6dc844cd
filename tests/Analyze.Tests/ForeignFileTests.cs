using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Graph.Tests;

namespace Goldilocks.Analyze.Tests;

/// <summary>Models that PyTorch and onnx.helper wrote: accuracies, norms and every score as Python computes them.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private static readonly string[] Compared = ["accuracy", "train_accuracy", "validation_accuracy", "weight_norm"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactIfTorch]
    public async Task PyTorch()
    {
        var facts = Write("torch");
        var rows = await Agrees(facts, "split.csv");
        Assert.Equal(["encoder.onnx", "fixed.onnx", "series/mlp-step-000000.onnx", "series/mlp-step-000020.onnx", "series/mlp-step-000040.onnx", "summed.onnx", "transformer.onnx"], rows.Keys.Order());
        Assert.Equal(("series/mlp-step", 20), (rows["series/mlp-step-000020.onnx"].GetProperty("run").GetString(), rows["series/mlp-step-000020.onnx"].GetProperty("step").GetInt32()));
        Assert.Equal(JsonValueKind.Null, rows["transformer.onnx"].GetProperty("run").ValueKind);

        // The transformer's embedding has a row for "=", which is none of the task's symbols.
        foreach (var name in new[] { "transformer.onnx", "fixed.onnx", "encoder.onnx", "summed.onnx" })
        {
            Assert.Equal(facts.GetProperty(name).GetProperty("embedding_norm").GetDouble(), rows[name].GetProperty("embedding_norm").GetDouble(), 1e-6);
            Assert.Equal(JsonValueKind.Number, rows[name].GetProperty("rqi").ValueKind);
            foreach (var column in new[] { "active_units", "key_frequencies", "shadow_knowledge", "last_layer_norm" }) Assert.Equal((name, column, JsonValueKind.Number), (name, column, rows[name].GetProperty(column).ValueKind));
            Assert.DoesNotContain("embedding", rows[name].GetProperty("note").GetString() ?? "", StringComparison.Ordinal);
        }

        // Two embeddings: which is meant has to be said.
        Assert.Contains("name the embedding with --embedding", rows["series/mlp-step-000000.onnx"].GetProperty("note").GetString(), StringComparison.Ordinal);
        var (_, output, _) = await CommandLine.Run(_folder.File("series"), "--task", "add mod 7", "--split", _folder.File("train.csv"), "--embedding", "left.weight", "--json");
        using var json = JsonDocument.Parse(string.Join('\n', output));
        Assert.Equal(1, json.RootElement.GetProperty("sessions").GetInt32());
        foreach (var row in json.RootElement.GetProperty("models").EnumerateArray())
        {
            var expected = facts.GetProperty("series/" + row.GetProperty("model").GetString());
            Assert.Equal("mlp-step", row.GetProperty("run").GetString());
            foreach (var column in (string[])[.. Compared, "embedding_norm"]) Assert.Equal(expected.GetProperty(column).GetDouble(), row.GetProperty(column).GetDouble(), 1e-6);
        }
    }

    [OnnxFactIfPython]
    public async Task Helper()
    {
        var facts = Write("helper");
        var rows = await Agrees(facts, "train.csv");
        Assert.Equal(["dynamo.onnx", "onehot.onnx", "onehots.onnx"], rows.Keys.Order());
        foreach (var name in new[] { "dynamo.onnx", "onehots.onnx" })
            Assert.Equal(facts.GetProperty(name).GetProperty("embedding_norm").GetDouble(), rows[name].GetProperty("embedding_norm").GetDouble(), 1e-5);
        Assert.Equal(JsonValueKind.Null, rows["onehot.onnx"].GetProperty("embedding_norm").ValueKind);
    }

    [OnnxFactIfPython]
    public async Task Cut_off_anywhere()
    {
        Write("helper");
        var whole = File.ReadAllBytes(_folder.File("dynamo.onnx"));
        for (var length = 0; length < whole.Length; length++)
        {
            Directory.CreateDirectory(_folder.File("cut"));
            File.WriteAllBytes(_folder.File("cut", $"m{length}.onnx"), whole[..length]);
        }

        var (exitCode, _, errors) = await CommandLine.Run(_folder.File("cut"), "--task", "add mod 7");
        Assert.Equal((ExitCodes.Usage, whole.Length), (exitCode, errors.Length));
        Assert.All(errors, line => Assert.StartsWith($"error: {_folder.File("cut")}", line, StringComparison.Ordinal));
    }

    private JsonElement Write(string writer)
    {
        Directory.CreateDirectory(_folder.File("series"));
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "foreign-models.py"));
        return JsonDocument.Parse(OnnxPython.Run(script, _folder.Path, writer)).RootElement;
    }

    /// <summary>The rows by model, after comparing them with Python's numbers.</summary>
    private async Task<Dictionary<string, JsonElement>> Agrees(JsonElement facts, string split)
    {
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--task", "add mod 7", "--split", _folder.File(split), "--json");
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        var rows = JsonDocument.Parse(string.Join('\n', output)).RootElement.GetProperty("models").EnumerateArray().ToDictionary(row => row.GetProperty("model").GetString()!);
        Assert.Equal(facts.EnumerateObject().Count(), rows.Count);
        using var sessions = new SessionPool(new AnalyzeOptions());
        foreach (var file in ModelFile.Find([_folder.Path], new StatedFacts { Task = StatedTask.Parse("add mod 7") }))
        {
            var expected = facts.GetProperty(file.Name);
            foreach (var column in Compared) Assert.Equal(expected.GetProperty(column).GetDouble(), rows[file.Name].GetProperty(column).GetDouble(), 1e-6);
            var tasks = new TaskCatalog();
            using var context = new MeasureContext(Checkpoint.Read(file), new RunCursor(new RunReference(new RunFiles([file]), tasks, sessions), null, null), tasks, sessions, witnesses: null);
            var scores = context.Outputs.Logits.Values;
            var theirs = expected.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle()).ToArray();
            Assert.InRange(Agreement.Difference(scores, theirs), 0, 1e-5);
        }

        return rows;
    }
}
