using System.CommandLine;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Export;

/// <summary><c>export &lt;checkpoint or folder&gt;... [--output DIR] [--graph FILE.onnx] [--json]</c></summary>
public static class ExportCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var inputs = new Argument<string[]>("checkpoints")
        {
            Description = "Checkpoints (*.safetensors), folders of them, or training folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output", "-o") { Description = "Folder for the models.", DefaultValueFactory = _ => "export", HelpName = "DIR" };
        var graph = new Option<string?>("--graph") { Description = "The model's graph; default: <run>.graph.onnx beside each checkpoint.", HelpName = "FILE.onnx" };
        var json = new Option<bool>("--json") { Description = "Print what was written as JSON." };
        var command = new Command("export", "Turn checkpoints into ONNX models.") { inputs, output, graph, json };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(output);
            var jobs = ExportJob.Plan(parsed.GetRequiredValue(inputs), folder, parsed.GetValue(graph));
            ExportStage.Run(jobs, progress: null, cancellation);
            var text = parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { exported = jobs.Count, models = jobs.Select(job => new { checkpoint = job.Checkpoint, graph = job.Graph, model = job.Model }) }, Indented)
                : $"{jobs.Count} {(jobs.Count == 1 ? "model" : "models")} written to {folder}";
            parsed.InvocationConfiguration.Output.WriteLine(text);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
