using System.CommandLine;
using System.Diagnostics;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>
/// <c>analyze PATH... [--task TASK] [--split FILE] [--embedding NAME] [--logits NAME] [--hidden NAME] [--inspect] [--measures NAMES] [--witness DIR]
/// [--output DIR] [--provider cpu] [--threads N] [--decoder-map N] [--jobs N] [--json]</c>: exported models, checkpoints with their graph, training folders,
/// and what other tools wrote. Task, split, embedding and logits hold for models whose metadata do not say them.
/// </summary>
public static class AnalyzeCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Models (*.onnx), checkpoints (*.safetensors) with their graph beside them (NAME.graph.onnx, one *.graph.onnx, or model.onnx), or folders to search for them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var task = new Option<string?>("--task")
        {
            Description = "What models from elsewhere were trained on: \"add mod 59\" (subtract, multiply, divide, x2+y2, x2+xy+y2, x3+xy), \"add 10\" (the plain sum), \"group s5\"; then optionally ordered or unordered.",
            HelpName = "TASK",
        };
        var split = new Option<string?>("--split") { Description = "Table (.csv, .parquet) of pairs: columns a, b and split (train, validation), or the a, b of the training pairs.", HelpName = "FILE" };
        var embedding = new Option<string?>("--embedding") { Description = "Initializer that is the embedding [P, D]; default: the one whose rows the inputs pick.", HelpName = "NAME" };
        var logits = new Option<string?>("--logits") { Description = "Output with the class scores, [B, C] or [B, T, C]; default: logits, or the only one that can be.", HelpName = "NAME" };
        var hidden = new Option<string?>("--hidden") { Description = "Activation whose units count as the hidden layer; default: the last one.", HelpName = "NAME" };
        var inspect = new Option<bool>("--inspect") { Description = "Print what each architecture holds, what is taken for what, and which measures it would have; one checkpoint of each is run." };
        var witness = new Option<string?>("--witness") { Description = "Training folder with the trainer's own outputs; every model must agree with them.", HelpName = "DIR" };
        var output = new Option<string?>("--output", "-o") { Description = $"Folder for {AnalyzeStage.FileName}; without it, nothing is written.", HelpName = "DIR" };
        var provider = new Option<string>("--provider") { Description = "Execution provider of ONNX Runtime.", DefaultValueFactory = _ => "cpu", HelpName = "NAME" };
        var threads = new Option<int>("--threads") { Description = "Threads within an operator; 0: ONNX Runtime's choice.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var decoderMap = new Option<int>("--decoder-map") { Description = $"Map each two-dimensional run's decoder on N x N points into {DecoderMapTable.FileName}; needs --output. 0: no map.", DefaultValueFactory = _ => 0, HelpName = "N" };
        var measures = new Option<string[]>("--measures") { Description = $"Measures to take, separated by commas; all by default: {string.Join(", ", Measures.All.Select(measure => measure.Name))}.", HelpName = "NAMES" };
        var jobs = new Option<int>("--jobs", "-j") { Description = "Models at a time.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print the measurements as JSON." };
        var command = new Command("analyze", "Run models in ONNX Runtime and measure them.")
        {
            paths, task, split, embedding, logits, hidden, inspect, measures, witness, output, provider, threads, decoderMap, jobs, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(jobs) < 1) throw new GoldilocksException($"--jobs {parsed.GetValue(jobs)}: must be at least 1.");
            if (parsed.GetValue(threads) < 0) throw new GoldilocksException($"--threads {parsed.GetValue(threads)}: must be 0 (ONNX Runtime's choice) or more.");
            var options = new AnalyzeOptions
            {
                Provider = parsed.GetRequiredValue(provider),
                Threads = parsed.GetValue(threads),
                DecoderMap = parsed.GetValue(decoderMap),
                Hidden = parsed.GetValue(hidden),
                Measures = Names(parsed.GetValue(measures)),
            };
            if (options.DecoderMap > 0 && parsed.GetValue(output) is null) throw new GoldilocksException("--decoder-map needs --output, the folder for its table.");
            var stated = new StatedFacts
            {
                Task = parsed.GetValue(task) is { } words ? StatedTask.Parse(words) : null,
                Split = parsed.GetValue(split) is { } table ? SplitFile.Read(table) : null,
                Embedding = parsed.GetValue(embedding),
                Logits = parsed.GetValue(logits),
            };
            stated.Complete(new Dictionary<string, string>());
            var started = Stopwatch.GetTimestamp();
            var files = ModelFile.Find(parsed.GetRequiredValue(paths), stated);
            if (parsed.GetValue(inspect))
            {
                if (parsed.GetValue(output) is not null || parsed.GetValue(witness) is not null) throw new GoldilocksException("--inspect writes no table and compares nothing; leave --output and --witness out.");
                return Task.FromResult(Inspect(parsed, files, options, parsed.GetValue(json), cancellation));
            }

            var witnesses = parsed.GetValue(witness) is { } folder ? new WitnessFiles(folder) : null;
            var analysis = Analyzer.Run(files, witnesses, options, parsed.GetValue(jobs), progress: null, cancellation);
            var maps = options.DecoderMap == 0 ? [] : DecoderMapper.Run(analysis.Rows, options, cancellation);
            var time = Stopwatch.GetElapsedTime(started);
            if (parsed.GetValue(output) is { } target)
            {
                AnalysisTable.Write(Path.Combine(target, AnalyzeStage.FileName), analysis.Rows);
                if (maps.Count > 0) DecoderMapTable.Write(Path.Combine(target, DecoderMapTable.FileName), maps);
            }

            var (writer, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (parsed.GetValue(json)) writer.WriteLine(AnalysisJson.Write(analysis, time));
            else AnalysisText.Write(writer, analysis, time);
            if (!parsed.GetValue(json) && analysis.Rows.Any(row => row.Note?.Contains(KnownTask.Unnamed, StringComparison.Ordinal) == true))
                writer.WriteLine("hint: say what a model was trained on with --task, such as --task \"add mod 59\", and which pairs with --split FILE; --inspect shows what is in it.");
            foreach (var failure in analysis.Failures) errors.WriteLine($"error: {failure.Message}");
            if (Agreement.Disagreement(analysis.Rows) is { } mismatch) throw mismatch;
            return Task.FromResult(analysis.Failures.Count > 0 ? ExitCodes.Usage : ExitCodes.Success);
        });
        return command;

        static string[] Names(string[]? lists) => [.. (lists ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }

    private static int Inspect(ParseResult parsed, IReadOnlyList<ModelFile> files, AnalyzeOptions options, bool json, CancellationToken cancellation)
    {
        var (found, failures) = Inspector.Run(files, options, cancellation);
        var (writer, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (json) writer.WriteLine(InspectionJson.Write(found, failures));
        else InspectionText.Write(writer, found);
        foreach (var failure in failures) errors.WriteLine($"error: {failure.Message}");
        return failures.Count > 0 ? ExitCodes.Usage : ExitCodes.Success;
    }
}
