using System.Text.Json.Nodes;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>States and outcomes for machines.</summary>
internal static class StateJson
{
    public static JsonObject Pipeline(PlannedPipeline pipeline, IEnumerable<JsonNode> stages) => new()
    {
        ["name"] = pipeline.Name,
        ["description"] = pipeline.Description,
        ["stages"] = new JsonArray([.. stages]),
    };

    /// <summary>A stage as it stands on disk; also an edge list of the graph through "inputs".</summary>
    public static JsonObject Stage(PlannedStage stage, StageState state, SweepStatus? sweep = null) => new()
    {
        ["stage"] = stage.Name,
        ["state"] = state.Name,
        ["reasons"] = Strings(state.Reasons),
        ["waits_for"] = Strings(state.WaitsFor),
        ["sweep"] = sweep is null ? null : new JsonObject
        {
            ["runs"] = sweep.Runs,
            ["done"] = sweep.Done,
            ["running"] = sweep.Running,
            ["failed"] = sweep.Failed,
            ["left"] = sweep.Left,
            ["seconds_left"] = sweep.Remaining?.TotalSeconds,
            ["problems"] = Strings(sweep.Problems),
        },
        ["inputs"] = Strings(stage.Inputs),
        ["key"] = state.Key,
        ["last_key"] = state.Manifest?.Key,
        ["outputs_hash"] = state.Manifest?.OutputsHash,
        ["folder"] = stage.Folder,
        ["configuration"] = stage.Configuration.DeepClone(),
    };

    public static JsonObject Outcome(StageOutcome outcome) => new()
    {
        ["stage"] = outcome.Stage.Name,
        ["result"] = outcome.Result switch
        {
            StageResult.UpToDate => "up_to_date",
            StageResult.Done => "done",
            StageResult.Failed => "failed",
            StageResult.Skipped => "skipped",
            StageResult.Submitted => "submitted",
            _ => "interrupted",
        },
        ["reasons"] = Strings(outcome.Reasons),
        ["error"] = outcome.Error,
        ["seconds"] = Math.Round(outcome.Duration.TotalSeconds, 3),
        ["key"] = outcome.Manifest?.Key,
        ["outputs_hash"] = outcome.Manifest?.OutputsHash,
        ["folder"] = outcome.Stage.Folder,
        ["look_at"] = outcome.Manifest?.Summary.LookAt,
        ["configuration"] = outcome.Stage.Configuration.DeepClone(),
    };

    public static void Write(TextWriter output, JsonObject document) => output.WriteLine(document.ToJsonString(JsonText.Indented));

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
