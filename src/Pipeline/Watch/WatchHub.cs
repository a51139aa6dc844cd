using Goldilocks.Report;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>The runs that a command trains, for those who watch: all that are in training, and those that have finished last.</summary>
internal sealed class WatchHub : ISweepObserver
{
    /// <summary>Finished runs that are kept; of more, the last.</summary>
    private const int MostFinished = 48;

    private readonly Lock _gate = new();
    private readonly List<WatchedRun> _runs = [];
    private readonly Dictionary<string, WatchedRun> _byId = new(StringComparer.Ordinal);
    private PlannedPipeline _pipeline;
    private LiveStage _stage;

    /// <param name="pipeline">What is trained first.</param>
    public WatchHub(PlannedPipeline pipeline) => _pipeline = pipeline;

    /// <summary>What the command is about, and its runs: those in training first, newest first.</summary>
    public LiveSession Session
    {
        get
        {
            lock (_gate)
            {
                var train = _pipeline.Stages.First(stage => stage.Name == "train");
                var report = _pipeline.Stages.FirstOrDefault(stage => stage.Name == "report");
                var path = report is null ? train.Folder : Path.Combine(report.Folder, "index.html");
                return new LiveSession(
                    _pipeline.Description.Length > 0 ? _pipeline.Description : _pipeline.Name, train.Command, _stage, Short.Path(path), report is not null,
                    [.. Enumerable.Reverse(_runs).Select(run => run.Run).OrderBy(run => run.Status != LiveStatus.Training)]);
            }
        }
    }

    /// <summary>Everything recorded of the run with this identity or, without one, of the run that is most worth a look: one in training that can be drawn.</summary>
    /// <returns>Null where there is none.</returns>
    public LiveRecord? Find(string? id)
    {
        lock (_gate)
        {
            if (id is not null && _byId.TryGetValue(id, out var named)) return named.Record;
            return Enumerable.Reverse(_runs).Select(run => run.Record).OrderBy(record => !record.IsVisible).ThenBy(record => record.Run.Status != LiveStatus.Training).FirstOrDefault();
        }
    }

    /// <summary>The train stage of a pipeline begins.</summary>
    public void Begin(PlannedPipeline pipeline)
    {
        lock (_gate) (_pipeline, _stage) = (pipeline, LiveStage.Training);
    }

    /// <summary>The command has come further.</summary>
    public void Reach(LiveStage stage)
    {
        lock (_gate) _stage = stage;
    }

    public IRunObserver Begin(RunConfig config, Experiment experiment)
    {
        var run = new WatchedRun(config, experiment);
        lock (_gate)
        {
            _runs.Add(run);
            _byId[config.Run] = run;
            if (_runs.FindIndex(known => known.Run.Status != LiveStatus.Training) is >= 0 and var oldest && _runs.Count(known => known.Run.Status != LiveStatus.Training) > MostFinished)
            {
                _byId.Remove(_runs[oldest].Run.Id);
                _runs.RemoveAt(oldest);
            }
        }

        return run;
    }

    public void Failed(RunConfig config)
    {
        lock (_gate)
            if (_byId.TryGetValue(config.Run, out var run)) run.Fail();
    }
}
