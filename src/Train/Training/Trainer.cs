using System.Diagnostics;
using Goldilocks.Graph;
using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>Trains one run: evaluates states, notes what they show, updates. The step loop allocates nothing.</summary>
public sealed class Trainer : IDisposable
{
    private readonly Experiment _experiment;
    private readonly IStepper _stepper;
    private readonly int[] _order;
    private readonly float[] _embedding;

    /// <param name="experiment">What to train.</param>
    /// <param name="set">Vector width; the best of the processor when null. Results do not depend on it.</param>
    /// <param name="threads">Threads that the run may use, where its model is large enough for several. Results do not depend on it.</param>
    public Trainer(Experiment experiment, InstructionSet? set = null, int threads = 1)
    {
        _experiment = experiment;
        var started = Stopwatch.GetTimestamp();
        _order = [.. experiment.Data.Train, .. experiment.Data.Validation];
        var width = set ?? InstructionSets.Best;
        _stepper = experiment.EvaluatedSteps is null ? new RidingStepper(experiment, _order, width) : new ChunkedStepper(experiment, _order, threads, width);
        CompileTime = Stopwatch.GetElapsedTime(started);
        if (experiment.Embedding is { } name && Model.Value(name) is var embedding) _embedding = new float[embedding.Rows * embedding.Columns];
        else _embedding = [];
        Reserve();
    }

    /// <summary>Holds the current parameters and their moments.</summary>
    public CompiledModel Model => _stepper.Parameters;

    /// <summary>Floating-point operations of the matrix products of one step.</summary>
    public long FlopsPerStep => _stepper.FlopsPerStep;

    /// <summary>Time it took to compile the graph.</summary>
    public TimeSpan CompileTime { get; }

    /// <summary>What was measured so far.</summary>
    public RunRecord Record { get; private set; } = new();

    /// <summary>Rewinds to a saved state, whose parameters and moments the caller has written into <see cref="Model"/>.</summary>
    /// <param name="record">The record saved with it.</param>
    public void Resume(RunRecord record)
    {
        Record = record;
        Reserve();
        for (long step = 0; step < record.Steps; step++) _experiment.Batches.Next(step, Train);
    }

    /// <summary>
    /// Trains until the run is finished, <paramref name="pauseAt"/> updates are done, or the token fires; returns between two updates, so a
    /// saved state continues bit for bit.
    /// </summary>
    /// <param name="pauseAt">Updates after which to return.</param>
    /// <param name="onState">Told the number of updates done whenever a state has been evaluated and recorded, before its update.</param>
    /// <param name="cancellation">Checked every few steps.</param>
    public void Run(long pauseAt = long.MaxValue, Action<long>? onState = null, CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        while (!Record.Finished && Record.Steps < pauseAt && !cancellation.IsCancellationRequested)
        {
            var state = Record.Steps;
            if (state < _experiment.Steps) _experiment.Batches.Next(state, Train);
            var decided = false;
            if (!_stepper.MaySkipEvaluation || IsEvaluated(state))
            {
                Observe(state, Measure());
                decided = IsDecided(state);
                Enter(state, decided);
                onState?.Invoke(state);
            }

            if (decided)
            {
                Record.Finished = true;
                break;
            }

            _stepper.Update(state);
            Record.Steps = state + 1;
        }

        Record.Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The rows of a batch value for all samples in canonical order, [samples, columns].</summary>
    public Tensor InCanonicalOrder(string value) => _stepper.InCanonicalOrder(value);

    public void Dispose() => _stepper.Dispose();

    /// <summary>The training samples, which the batch order permutes.</summary>
    private Span<int> Train => _order.AsSpan(0, _experiment.Data.Train.Length);

    /// <summary>Room for every recorded step, and for a last one that no schedule foresaw.</summary>
    private void Reserve() => Record.Reserve(_experiment.RecordedSteps.Length + 1, _experiment.EmbeddingSteps.Length + 1, _embedding.Length);

    private bool IsEvaluated(long state) => state >= _experiment.Steps || Array.BinarySearch(_experiment.EvaluatedSteps!, state) >= 0;

    /// <summary>All steps are done, the loss is no longer a number (and never will be again), or the thresholds that were asked for are reached.</summary>
    private bool IsDecided(long state) =>
        state >= _experiment.Steps
        || !double.IsFinite(Record.Last.TrainLoss)
        || _experiment.Stop switch
        {
            StopRule.Thresholds => Record is { TrainAccuracyStep: not null, ValidationAccuracyStep: not null, RqiStep: not null },
            StopRule.Accuracy => Record is { TrainAccuracyStep: not null, ValidationAccuracyStep: not null },
            StopRule.Rqi => Record.RqiStep is not null,
            _ => false,
        };

    private Measurement Measure()
    {
        var (data, totals) = (_experiment.Data, _stepper.Evaluate());
        if (_experiment.Embedding is { } name)
        {
            var embedding = Model.Value(name);
            for (var r = 0; r < embedding.Rows; r++) embedding[r].CopyTo(_embedding.AsSpan(r * embedding.Columns));
        }

        return new Measurement(totals.TrainLoss / data.Train.Length, totals.ValidationLoss / data.Validation.Length, totals.TrainCorrect, totals.ValidationCorrect,
            _experiment.Quality?.Rqi(_embedding) ?? double.NaN);
    }

    /// <summary>Notes which thresholds state <paramref name="state"/> (the parameters after so many updates) reached.</summary>
    private void Observe(long state, Measurement measured)
    {
        var (rule, timing, data) = (_experiment.Rule, _experiment.Timing, _experiment.Data);
        Record.Last = measured;
        if (Record.TrainAccuracyStep is null && state >= timing.TrainAccuracy && rule.ReachesAccuracy(measured.TrainCorrect, data.Train.Length))
            Record.TrainAccuracyStep = state - timing.TrainAccuracy;
        if (Record.ValidationAccuracyStep is null && state >= timing.ValidationAccuracy && rule.ReachesValidationAccuracy(measured.ValidationCorrect, data.Validation.Length))
            Record.ValidationAccuracyStep = state - timing.ValidationAccuracy;
        if (Record.RqiStep is null && state >= timing.Rqi && rule.ReachesRqi(measured.Rqi))
            Record.RqiStep = state - timing.Rqi;
    }

    /// <summary>Enters what the state showed into curves and embeddings, as far as its steps are recorded.</summary>
    /// <param name="state">Updates before it.</param>
    /// <param name="last">No other state follows: where the schedule does not have it, because the run ends early, it is recorded all the same.</param>
    private void Enter(long state, bool last)
    {
        var (measured, timing, data) = (Record.Last, _experiment.Timing, _experiment.Data);
        var always = last && !IsScheduled(state);
        Enter(state, CurveMetric.TrainLoss, measured.TrainLoss, always);
        Enter(state - timing.TrainAccuracy, CurveMetric.TrainAccuracy, (double)measured.TrainCorrect / data.Train.Length, always);
        if (_experiment.Quality is not null) Enter(state - timing.Rqi, CurveMetric.Rqi, measured.Rqi, always);
        if (data.Validation.Length > 0)
        {
            Enter(state, CurveMetric.ValidationLoss, measured.ValidationLoss, always);
            Enter(state - timing.ValidationAccuracy, CurveMetric.ValidationAccuracy, (double)measured.ValidationCorrect / data.Validation.Length, always);
        }

        if (_experiment.RecordsEffectiveDimension && (always || IsScheduled(state)))
            Record.Curve.Add(new CurvePoint(state, CurveMetric.EffectiveDimension, PcaSpectrum.Of(_embedding, Model.Value(_experiment.Embedding!).Rows).EffectiveDimension));
        if (_embedding.Length == 0 || (!last && Array.BinarySearch(_experiment.EmbeddingSteps, state) < 0)) return;
        Record.EmbeddingSteps.Add(state);
        Record.Embeddings.AddRange(_embedding);
    }

    private void Enter(long step, CurveMetric metric, double value, bool always)
    {
        if (always || IsScheduled(step)) Record.Curve.Add(new CurvePoint(step, metric, value));
    }

    private bool IsScheduled(long step) => Array.BinarySearch(_experiment.RecordedSteps, step) >= 0;
}
