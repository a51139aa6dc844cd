using System.CommandLine;
using System.Diagnostics;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary><c>analyze PATH... [--witness DIR] [--output DIR] [--provider cpu] [--threads N] [--decoder-map N] [--measures NAMES] [--jobs N] [--json]</c></summary>
public static class AnalyzeCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Models (*.onnx), or folders to search for them.", Arity = ArgumentArity.OneOrMore };
        var witness = new Option<string?>("--witness") { Description = "Training folder with the trainer's own outputs; every model must agree with them.", HelpName = "DIR" };
        var output = new Option<string?>("--output", "-o") { Description = $"Folder for {AnalyzeStage.FileName}; without it, nothing is written.", HelpName = "DIR" };
        var provider = new Option<string>("--provider") { Description = "Execution provider of ONNX Runtime.", DefaultValueFactory = _ => "cpu", HelpName = "NAME" };
        var threads = new Option<int>("--threads") { Description = "Threads within an operator; 0: ONNX Runtime's choice.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var decoderMap = new Option<int>("--decoder-map") { Description = $"Map each two-dimensional run's decoder on N x N points into {DecoderMapTable.FileName}; needs --output. 0: no map.", DefaultValueFactory = _ => 0, HelpName = "N" };
        var measures = new Option<string[]>("--measures") { Description = $"Measures to take, separated by commas; all by default: {string.Join(", ", Measures.All.Select(measure => measure.Name))}.", HelpName = "NAMES" };
        var jobs = new Option<int>("--jobs", "-j") { Description = "Models at a time.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print the measurements as JSON." };
        var command = new Command("analyze", "Run models in ONNX Runtime and measure them.") { paths, witness, output, provider, threads, decoderMap, measures, jobs, json };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(jobs) < 1) throw new GoldilocksException($"--jobs {parsed.GetValue(jobs)}: must be at least 1.");
            if (parsed.GetValue(threads) < 0) throw new GoldilocksException($"--threads {parsed.GetValue(threads)}: must be 0 (ONNX Runtime's choice) or more.");
            var options = new AnalyzeOptions { Provider = parsed.GetRequiredValue(provider), Threads = parsed.GetValue(threads), DecoderMap = parsed.GetValue(decoderMap), Measures = Names(parsed.GetValue(measures)) };
            if (options.DecoderMap > 0 && parsed.GetValue(output) is null) throw new GoldilocksException("--decoder-map needs --output, the folder for its table.");
            var started = Stopwatch.GetTimestamp();
            var files = ModelFile.Find(parsed.GetRequiredValue(paths));
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
            foreach (var failure in analysis.Failures) errors.WriteLine($"error: {failure.Message}");
            if (Agreement.Disagreement(analysis.Rows) is { } mismatch) throw mismatch;
            return Task.FromResult(analysis.Failures.Count > 0 ? ExitCodes.Usage : ExitCodes.Success);
        });
        return command;

        static string[] Names(string[]? lists) => [.. (lists ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }
}
