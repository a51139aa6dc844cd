using Goldilocks.Graph;
using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Train;

/// <summary>
/// For the smallest models: every step is one forward pass over all samples. The batch's rows come first and are trained on, the others ride along, so the
/// pass that yields the gradient also yields both accuracies of the state before the update.
/// </summary>
internal sealed class RidingStepper : IStepper
{
    private readonly TaskData _data;
    private readonly int[] _order;
    private readonly bool[] _isTraining;

    /// <param name="experiment">What to train.</param>
    /// <param name="order">All samples, those of the batch first; reordered by others between the steps.</param>
    /// <param name="set">Vector width.</param>
    public RidingStepper(Experiment experiment, int[] order, InstructionSet set)
    {
        (_data, _order) = (experiment.Data, order);
        Parameters = CompiledModel.Compile(experiment.Graph, new CompileOptions
        {
            ForwardRows = _data.Count,
            GradientRows = experiment.Batch,
            Loss = "loss",
            Outputs = [.. experiment.ExportedOutputs, "sample_loss"],
            Groups = experiment.Groups,
            Set = set,
        });
        _isTraining = new bool[_data.Count];
        foreach (var sample in _data.Train) _isTraining[sample] = true;
    }

    public CompiledModel Parameters { get; }

    public long FlopsPerStep => Parameters.FlopsPerStep;

    public bool MaySkipEvaluation => false;

    public unsafe Totals Evaluate()
    {
        _data.Feed(Parameters, _order);
        Parameters.Forward();
        var (logits, losses, labels) = (Parameters.Value("logits"), Parameters.Value("sample_loss"), _data.Labels);
        double trainLoss = 0, validationLoss = 0;
        int trainCorrect = 0, validationCorrect = 0;
        for (var r = 0; r < _order.Length; r++)
        {
            var sample = _order[r];
            var correct = Reductions.ArgMax((float*)logits.Data + ((long)r * logits.Stride), logits.Columns) == labels[sample] ? 1 : 0;
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

        return new Totals(trainLoss, validationLoss, trainCorrect, validationCorrect);
    }

    public void Update(long step)
    {
        Parameters.Backward();
        Parameters.Update(step + 1);
    }

    public Tensor InCanonicalOrder(string value)
    {
        var view = Parameters.Value(value);
        var rows = new float[view.Rows * view.Columns];
        for (var r = 0; r < view.Rows; r++) view[r].CopyTo(rows.AsSpan(_order[r] * view.Columns));
        return Tensor.Of(rows, view.Rows, view.Columns);
    }

    public void Dispose() => Parameters.Dispose();
}
