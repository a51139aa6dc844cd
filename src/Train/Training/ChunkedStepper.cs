using Goldilocks.Graph;
using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Train;

/// <summary>For models of which one run may fill several cores: a step sees its batch alone, and states are evaluated only when that is asked for.</summary>
internal sealed class ChunkedStepper : IStepper
{
    private readonly TaskData _data;
    private readonly int[] _order;
    private readonly int[] _all;
    private readonly bool[] _isCorrect;
    private readonly float[] _losses;
    private readonly ChunkedModel _model;
    private readonly RowFeeder _feedBatch;
    private readonly RowFeeder _feedAll;
    private readonly RowFeeder _score;

    /// <param name="experiment">What to train.</param>
    /// <param name="order">Samples, those of the batch first; reordered by others between the steps.</param>
    /// <param name="threads">Threads to work with.</param>
    /// <param name="set">Vector width.</param>
    public ChunkedStepper(Experiment experiment, int[] order, int threads, InstructionSet set)
    {
        (_data, _order) = (experiment.Data, order);
        _all = [.. Enumerable.Range(0, _data.Count)];
        (_isCorrect, _losses) = (new bool[_data.Count], new float[_data.Count]);
        _model = new ChunkedModel(experiment.Graph, new ChunkedOptions
        {
            Batch = experiment.Batch,
            Loss = "loss",
            EvaluationRows = _data.Count,
            Outputs = [.. experiment.ExportedOutputs, "sample_loss"],
            Groups = experiment.Groups,
            DropoutSeed = experiment.DropoutSeed,
            Threads = threads,
            Set = set,
        });
        _feedBatch = (plan, first, rows) => _data.Feed(plan, _order.AsSpan(first, rows));
        _feedAll = (plan, first, rows) => _data.Feed(plan, _all.AsSpan(first, rows));
        _score = Score;
    }

    public CompiledModel Parameters => _model.Parameters;

    public long FlopsPerStep => _model.FlopsPerStep;

    public bool MaySkipEvaluation => true;

    public Totals Evaluate()
    {
        _model.Evaluate(_feedAll, _score);
        var (trainLoss, trainCorrect) = Sum(_data.Train);
        var (validationLoss, validationCorrect) = Sum(_data.Validation);
        return new Totals(trainLoss, validationLoss, trainCorrect, validationCorrect);
    }

    public void Update(long step) => _model.Step(step, _feedBatch);

    public Tensor InCanonicalOrder(string value)
    {
        float[]? values = null;
        var columns = 0;
        var gate = new Lock();
        _model.Evaluate(_feedAll, (plan, first, rows) =>
        {
            var view = plan.Value(value);
            lock (gate)
            {
                columns = view.Columns;
                values ??= new float[(long)_data.Count * columns];
            }

            for (var r = 0; r < rows; r++) view[r].CopyTo(values.AsSpan((first + r) * columns));
        });
        return Tensor.Of(values, _data.Count, columns);
    }

    public void Dispose() => _model.Dispose();

    private unsafe void Score(CompiledModel plan, int first, int rows)
    {
        var (logits, losses) = (plan.Value("logits"), plan.Value("sample_loss"));
        for (var r = 0; r < rows; r++)
        {
            _isCorrect[first + r] = Reductions.ArgMax((float*)logits.Data + ((long)r * logits.Stride), logits.Columns) == _data.Labels[first + r];
            _losses[first + r] = losses[r][0];
        }
    }

    private (double Loss, int Correct) Sum(int[] samples)
    {
        var (loss, correct) = (0.0, 0);
        foreach (var sample in samples)
        {
            loss += _losses[sample];
            correct += _isCorrect[sample] ? 1 : 0;
        }

        return (loss, correct);
    }
}
