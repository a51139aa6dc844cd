using Goldilocks.Native;

namespace Goldilocks.Train.Tests;

/// <summary>Who watches a sweep sees everything and changes nothing.</summary>
public sealed class ObserverTests
{
    private static readonly RunConfig[] Three = [.. Enumerable.Range(0, 3).Select(seed => Runs.Configure("p=6", "train_samples=17", "batch=17", "width=20", $"seed={seed}", "steps=600"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tables_are_the_same_bytes_with_and_without_an_observer(int jobs)
    {
        using var alone = new TemporaryFolder();
        using var watched = new TemporaryFolder();
        TrainStage.Run(Three, alone.Path, 1, null, default);
        Watch(watched, new Observer(), jobs, default);
        Directory.Delete(watched.File(SweepPlan.FolderName), recursive: true);
        Assert.Equal(alone.Hashes(), watched.Hashes());
    }

    [Fact]
    public void An_observer_sees_every_state_and_at_the_end_what_the_tables_hold()
    {
        using var folder = new TemporaryFolder();
        var observer = new Observer();
        Watch(folder, observer, 1, default);
        using var engine = new QueryEngine(1);
        engine.RegisterParquet("curves", folder.File("curves.parquet"));
        foreach (var config in Three)
        {
            var seen = observer.Seen[config.Run];
            Assert.Equal(Enumerable.Range(0, 601).Select(step => (long)step), seen.Steps);
            Assert.True(seen.Finished);
            var rows = engine.Query($"SELECT step, split, metric, value FROM curves WHERE run = '{config.Run}' ORDER BY ALL").Rows;
            Assert.Equal(rows.Select(row => ((long)row[0]!, (string)row[1]!, (string)row[2]!, (double)row[3]!)), seen.Curve.Select(point => (point.Step, point.Metric.Name().Split, point.Metric.Name().Metric, point.Value)).Order());
        }
    }

    [Fact]
    public void A_run_that_is_taken_up_again_is_told_with_all_that_it_had()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var first = new Observer { Told = record => { if (record.Steps == 300) cancellation.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => Watch(folder, first, 1, cancellation.Token));
        var second = new Observer();
        Watch(folder, second, 1, default);
        Assert.Equal(first.Seen[Three[0].Run].Steps[^1] + 1, second.Seen[Three[0].Run].Steps[0]);
        Assert.Equal(0, second.Seen[Three[0].Run].Curve[0].Step);
        using var undisturbed = new TemporaryFolder();
        TrainStage.Run(Three, undisturbed.Path, 1, null, default);
        Directory.Delete(folder.File(SweepPlan.FolderName), recursive: true);
        Assert.Equal(undisturbed.Hashes(), folder.Hashes());
    }

    [Fact]
    public void A_run_that_breaks_is_told()
    {
        using var folder = new TemporaryFolder();
        var observer = new Observer { Told = record => { if (record.Steps == 5) throw new InvalidOperationException("broken"); } };
        var sweep = TrainSweep.Open(Three, [], folder.Path);
        sweep.Observer = observer;
        sweep.Train(1, stopAtFailure: false, null, default);
        Assert.Equal(Three.Select(config => config.Run), observer.Broken);
    }

    private static void Watch(TemporaryFolder folder, Observer observer, int jobs, CancellationToken cancellation)
    {
        var sweep = TrainSweep.Open(Three, [], folder.Path);
        sweep.Observer = observer;
        sweep.Train(jobs, stopAtFailure: false, null, cancellation);
        sweep.Merge(cancellation);
    }

    private sealed class Observer : ISweepObserver
    {
        public Dictionary<string, Run> Seen { get; } = [];

        public List<string> Broken { get; } = [];

        public Action<RunRecord> Told { get; init; } = _ => { };

        public IRunObserver Begin(RunConfig config, Experiment experiment)
        {
            lock (Seen) return Seen[config.Run] = new Run(Told);
        }

        public void Failed(RunConfig config) => Broken.Add(config.Run);
    }

    private sealed class Run(Action<RunRecord> told) : IRunObserver
    {
        public List<long> Steps { get; } = [];

        public CurvePoint[] Curve { get; private set; } = [];

        public bool Finished { get; private set; }

        public void Recorded(RunRecord record)
        {
            Steps.Add(record.Steps);
            told(record);
        }

        void IRunObserver.Finished(RunRecord record) => (Curve, Finished) = ([.. record.Curve], true);
    }
}
