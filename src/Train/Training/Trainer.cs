using System.Diagnostics;
using Goldilocks.Graph;
using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Train;

/// <summary>
/// Trains one run. Every step is one forward pass over all samples: the batch's rows come first and are trained on, the others ride along, so
/// the pass that yields the gradient also yields both accuracies of the state before the update. The step loop allocates nothing.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly Experiment _experiment;
    private readonly int[] _order;
    private readonly bool[] _isTraining;
    private readonly float[] _embedding;

    /// <param name="experiment">What to train.</param>
    /// <param name="set">Vector width; the best of the processor when null. Results do not depend on it.</param>
    public Trainer(Experiment experiment, InstructionSet? set = null)
    {
        _experiment = experiment;
        var split = experiment.Split;
        var started = Stopwatch.GetTimestamp();
        Model = CompiledModel.Compile(experiment.Graph, new CompileOptions
        {
            ForwardRows = split.Samples.Count,
            GradientRows = experiment.Batch,
            Loss = "loss",
            Outputs = [.. experiment.ExportedOutputs, "sample_loss"],
            Groups = experiment.Groups,
            Set = set ?? InstructionSets.Best,
        });
        CompileTime = Stopwatch.GetElapsedTime(started);
        _order = [.. split.Train, .. split.Validation];
        _isTraining = new bool[split.Samples.Count];
        foreach (var sample in split.Train) _isTraining[sample] = true;
        var embedding = Model.Value(experiment.Embedding);
        _embedding = new float[embedding.Rows * embedding.Columns];
        Reserve();
    }

    /// <summary>The compiled training graph with the current parameters.</summary>
    public CompiledModel Model { get; }

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
        for (long step = 0; step < record.Steps; step++) _experiment.Batches.Next(step, _order.AsSpan(0, _experiment.Split.Train.Length));
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
        var train = _order.AsSpan(0, _experiment.Split.Train.Length);
        while (!Record.Finished && Record.Steps < pauseAt && !cancellation.IsCancellationRequested)
        {
            var state = Record.Steps;
            if (state < _experiment.Steps) _experiment.Batches.Next(state, train);
            Feed();
            Model.Forward();
            Observe(state, Measure());
            var decided = IsDecided(state);
            Enter(state, decided);
            onState?.Invoke(state);
            if (decided)
            {
                Record.Finished = true;
                break;
            }

            Model.Backward();
            Model.Update(state + 1);
            Record.Steps = state + 1;
        }

        Record.Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The rows of a batch value for all samples in canonical order, [samples, columns].</summary>
    public Tensor InCanonicalOrder(string value)
    {
        var view = Model.Value(value);
        var rows = new float[view.Rows * view.Columns];
        for (var r = 0; r < view.Rows; r++) view[r].CopyTo(rows.AsSpan(_order[r] * view.Columns));
        return Tensor.Of(rows, view.Rows, view.Columns);
    }

    public void Dispose() => Model.Dispose();

    /// <summary>Room for every recorded step, and for a last one that no schedule foresaw.</summary>
    private void Reserve() => Record.Reserve(_experiment.RecordedSteps.Length + 1, _embedding.Length);

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

    private void Feed()
    {
        var samples = _experiment.Split.Samples;
        var a = Model.Indices("a");
        var b = Model.Indices("b");
        var label = Model.Indices("label");
        for (var r = 0; r < _order.Length; r++)
        {
            var sample = _order[r];
            a[r] = samples.First[sample];
            b[r] = samples.Second[sample];
            label[r] = samples.Labels[sample];
        }
    }

    private unsafe Measurement Measure()
    {
        var split = _experiment.Split;
        var (logits, losses) = (Model.Value("logits"), Model.Value("sample_loss"));
        double trainLoss = 0, validationLoss = 0;
        int trainCorrect = 0, validationCorrect = 0;
        for (var r = 0; r < _order.Length; r++)
        {
            var sample = _order[r];
            var correct = Reductions.ArgMax((float*)logits.Data + ((long)r * logits.Stride), logits.Columns) == split.Samples.Labels[sample] ? 1 : 0;
            if (_isTraining[sample])
            {
                trainLoss += losses[r][0];
                trainCorrect += correct;
            }
            else
            {
                validationLoss += losses[r][0];
                validationCorrect += correct;
            }
        }

        var embedding = Model.Value(_experiment.Embedding);
        for (var r = 0; r < embedding.Rows; r++) embedding[r].CopyTo(_embedding.AsSpan(r * embedding.Columns));
        return new Measurement(trainLoss / split.Train.Length, validationLoss / split.Validation.Length, trainCorrect, validationCorrect, _experiment.Quality.Rqi(_embedding));
    }

    /// <summary>Notes which thresholds state <paramref name="state"/> (the parameters after so many updates) reached.</summary>
    private void Observe(long state, Measurement measured)
    {
        var (rule, timing, split) = (_experiment.Rule, _experiment.Timing, _experiment.Split);
        Record.Last = measured;
        if (Record.TrainAccuracyStep is null && state >= timing.TrainAccuracy && rule.ReachesAccuracy(measured.TrainCorrect, split.Train.Length))
            Record.TrainAccuracyStep = state - timing.TrainAccuracy;
        if (Record.ValidationAccuracyStep is null && state >= timing.ValidationAccuracy && rule.ReachesAccuracy(measured.ValidationCorrect, split.Validation.Length))
            Record.ValidationAccuracyStep = state - timing.ValidationAccuracy;
        if (Record.RqiStep is null && state >= timing.Rqi && rule.ReachesRqi(measured.Rqi))
            Record.RqiStep = state - timing.Rqi;
    }

    /// <summary>Enters what the state showed into curves and embeddings, as far as its steps are recorded.</summary>
    /// <param name="state">Updates before it.</param>
    /// <param name="last">No other state follows: where the schedule does not have it, because the run ends early, it is recorded all the same.</param>
    private void Enter(long state, bool last)
    {
        var (measured, timing, split) = (Record.Last, _experiment.Timing, _experiment.Split);
        var always = last && !IsScheduled(state);
        Enter(state, CurveMetric.TrainLoss, measured.TrainLoss, always);
        Enter(state - timing.TrainAccuracy, CurveMetric.TrainAccuracy, (double)measured.TrainCorrect / split.Train.Length, always);
        Enter(state - timing.Rqi, CurveMetric.Rqi, measured.Rqi, always);
        if (split.Validation.Length > 0)
        {
            Enter(state, CurveMetric.ValidationLoss, measured.ValidationLoss, always);
            Enter(state - timing.ValidationAccuracy, CurveMetric.ValidationAccuracy, (double)measured.ValidationCorrect / split.Validation.Length, always);
        }

        if (!always && !IsScheduled(state)) return;
        Record.EmbeddingSteps.Add(state);
        Record.Embeddings.AddRange(_embedding);
    }

    private void Enter(long step, CurveMetric metric, double value, bool always)
    {
        if (always || IsScheduled(step)) Record.Curve.Add(new CurvePoint(step, metric, value));
    }

    private bool IsScheduled(long step) => Array.BinarySearch(_experiment.RecordedSteps, step) >= 0;
}
