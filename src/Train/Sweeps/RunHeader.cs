using System.Text.Json;
using System.Text.Json.Serialization;

namespace Goldilocks.Train;

/// <summary>Where a run of a shard stands.</summary>
internal enum RunStatus
{
    /// <summary>Begun; parameters and moments are saved, and it continues from them.</summary>
    Running,

    Finished,

    /// <summary>It broke; <see cref="RunHeader.Reason"/> says how.</summary>
    Failed,
}

/// <summary>What a shard's file says of a run beside its tensors.</summary>
internal sealed record RunHeader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public required RunStatus Status { get; init; }

    public long? TrainAccuracyStep { get; init; }

    public long? ValidationAccuracyStep { get; init; }

    public long? RqiStep { get; init; }

    public long Steps { get; init; }

    public double Seconds { get; init; }

    public double TrainLoss { get; init; }

    public double ValidationLoss { get; init; }

    public int TrainCorrect { get; init; }

    public int ValidationCorrect { get; init; }

    public double Rqi { get; init; }

    /// <summary>Why it failed: one line.</summary>
    public string? Reason { get; init; }

    /// <summary>The row of the runs table, cell by cell, once finished.</summary>
    public JsonElement[]? Row { get; init; }

    public static RunHeader Of(RunRecord record, RunStatus status) => new()
    {
        Status = status,
        TrainAccuracyStep = record.TrainAccuracyStep,
        ValidationAccuracyStep = record.ValidationAccuracyStep,
        RqiStep = record.RqiStep,
        Steps = record.Steps,
        Seconds = record.Seconds,
        TrainLoss = record.Last.TrainLoss,
        ValidationLoss = record.Last.ValidationLoss,
        TrainCorrect = record.Last.TrainCorrect,
        ValidationCorrect = record.Last.ValidationCorrect,
        Rqi = record.Last.Rqi,
    };

    /// <exception cref="JsonException">The text is no header.</exception>
    public static RunHeader Parse(string json) => JsonSerializer.Deserialize<RunHeader>(json, Options) ?? throw new JsonException("null is no run");

    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>The record without what was recorded on the way.</summary>
    public RunRecord ToRecord() => new()
    {
        TrainAccuracyStep = TrainAccuracyStep,
        ValidationAccuracyStep = ValidationAccuracyStep,
        RqiStep = RqiStep,
        Steps = Steps,
        Seconds = Seconds,
        Finished = Status == RunStatus.Finished,
        Last = new Measurement(TrainLoss, ValidationLoss, TrainCorrect, ValidationCorrect, Rqi),
    };
}
