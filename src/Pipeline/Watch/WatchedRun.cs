using System.Diagnostics;
using System.Runtime.InteropServices;
using Goldilocks.Report;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>
/// A run that is watched. The thread that trains it copies, now and then, what has been recorded since the last time; whoever asks gets a copy of that.
/// </summary>
internal sealed class WatchedRun : IRunObserver
{
    /// <summary>Time between two copies.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly Experiment _experiment;
    private readonly IReadOnlyList<KeyValuePair<string, object?>> _settings;
    private readonly bool _showsEmbedding;
    private readonly string _id;
    private readonly List<LivePoint> _points = [];
    private readonly List<long> _embeddingSteps = [];
    private readonly List<float> _embeddings = [];
    private IReadOnlyList<KeyValuePair<string, object?>> _results = [];
    private LiveStatus _status = LiveStatus.Training;
    private long _version;
    private long _copied;

    public WatchedRun(RunConfig config, Experiment experiment)
    {
        (_id, _experiment) = (config.Run, experiment);
        _settings = [new("recipe", config.Recipe), .. Recipe.Find(config.Recipe).Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (object?)config[parameter.Name]))];
        _showsEmbedding = LiveRun.ShowsEmbedding(_settings);
    }

    /// <summary>Who it is and how it stands.</summary>
    public LiveRun Run
    {
        get
        {
            lock (_gate) return new LiveRun(_id, _settings, _status);
        }
    }

    /// <summary>Everything up to the last copy.</summary>
    public LiveRecord Record
    {
        get
        {
            lock (_gate)
            {
                return new LiveRecord
                {
                    Run = new LiveRun(_id, _settings, _status), Version = _version, Results = _results, Points = _points.ToArray(), EmbeddingSteps = _embeddingSteps.ToArray(), Embeddings = _embeddings.ToArray(),
                };
            }
        }
    }

    public void Recorded(RunRecord record)
    {
        if (_version > 0 && Stopwatch.GetElapsedTime(_copied) < Interval) return;
        Copy(record, LiveStatus.Training);
        _copied = Stopwatch.GetTimestamp();
    }

    public void Finished(RunRecord record) => Copy(record, LiveStatus.Finished);

    public void Fail()
    {
        lock (_gate) (_status, _version) = (LiveStatus.Failed, _version + 1);
    }

    private void Copy(RunRecord record, LiveStatus status)
    {
        lock (_gate)
        {
            foreach (var point in CollectionsMarshal.AsSpan(record.Curve)[_points.Count..])
            {
                var (split, metric) = point.Metric.Name();
                _points.Add(new LivePoint(point.Step, split, metric, point.Value));
            }

            if (_showsEmbedding)
            {
                _embeddingSteps.AddRange(CollectionsMarshal.AsSpan(record.EmbeddingSteps)[_embeddingSteps.Count..]);
                _embeddings.AddRange(CollectionsMarshal.AsSpan(record.Embeddings)[_embeddings.Count..]);
            }

            (_results, _status, _version) = (Results(record, status), status, _version + 1);
        }
    }

    /// <summary>The columns of the runs table that pages read.</summary>
    private KeyValuePair<string, object?>[] Results(RunRecord record, LiveStatus status)
    {
        var (data, last) = (_experiment.Data, record.Last);
        var phase = status == LiveStatus.Finished ? _experiment.Rule.Classify(record.TrainAccuracyStep, record.ValidationAccuracyStep).ToString().ToLowerInvariant() : "in training";
        return
        [
            new("phase", phase), new("train_accuracy_step", record.TrainAccuracyStep), new("validation_accuracy_step", record.ValidationAccuracyStep), new("rqi_step", record.RqiStep),
            new("executed_steps", record.Steps), new("final_train_accuracy", (double)last.TrainCorrect / data.Train.Length),
            new("final_validation_accuracy", data.Validation.Length == 0 ? null : (double)last.ValidationCorrect / data.Validation.Length),
            new("final_rqi", _experiment.Quality is null ? null : last.Rqi), new("samples", (long)data.Count),
        ];
    }
}
