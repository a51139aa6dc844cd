using System.Text.Json.Nodes;
using Goldilocks.Export;

namespace Goldilocks.Pipeline;

/// <summary>The export stage: every checkpoint as an ONNX model.</summary>
internal sealed class ExportAdapter : IStage
{
    public string Name => "export";

    public int FormatVersion => 1;

    public IReadOnlyList<string> Inputs => ["train"];

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings) => new SettingsReader(settings).Resolve();

    public StageSummary Run(StageContext context)
    {
        var count = ExportStage.Run(context.InputFolders["train"], context.OutputFolder, new CountProgress(context.Progress, "model"), context.Cancellation);
        return new StageSummary($"{count} ONNX models");
    }
}
