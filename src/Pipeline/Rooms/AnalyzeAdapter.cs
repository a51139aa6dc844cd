using System.Globalization;
using System.Text.Json.Nodes;
using Goldilocks.Analyze;

namespace Goldilocks.Pipeline;

/// <summary>The analysis stage: ONNX Runtime re-evaluates every exported model, and its representation is measured.</summary>
internal sealed class AnalyzeAdapter : IStage
{
    public string Name => "analyze";

    public int FormatVersion => 4;

    public IReadOnlyList<string> Inputs => ["train", "export"];

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings) =>
        new SettingsReader(settings).Text("provider", "cpu").Integer("threads", 1, 0, 1024).Integer("decoder_map", 0, 0, AnalyzeOptions.LargestMap)
            .Integer("components", 0, 0, AnalyzeOptions.MostComponents).Integer("component_accuracy", 0, 0, 1024).Flag("rivals", false).Resolve();

    public StageSummary Run(StageContext context)
    {
        var configuration = context.Configuration;
        int Number(string name) => (int)(long)configuration[name]!;
        var options = new AnalyzeOptions
        {
            Provider = (string)configuration["provider"]!,
            Threads = Number("threads"),
            DecoderMap = Number("decoder_map"),
            Components = Number("components"),
            ComponentAccuracy = Number("component_accuracy"),
            Rivals = (bool)configuration["rivals"]!,
        };
        var result = AnalyzeStage.Run(context.InputFolders["export"], context.InputFolders["train"], context.OutputFolder, options, context.Jobs,
            new CountProgress(context.Progress, "model"), context.Cancellation);
        return new StageSummary(string.Create(CultureInfo.InvariantCulture,
            $"{result.Models} models through ONNX Runtime in {result.Sessions} {(result.Sessions == 1 ? "session" : "sessions")}; largest difference from the trainer {result.LargestDifference:0.0e+0} of the largest output"));
    }
}
