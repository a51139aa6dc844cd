using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The smallest sub-network of hidden units that still knows the training set.</summary>
internal sealed class SparsityMeasure : IMeasure
{
    public string Name => "sparsity";

    public string Source => "Merrill et al. (2023), two circuits";

    public string Needs => "hidden layer, logits, split";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("active_units", ColumnType.Int64, "fewest hidden units, those that respond most to their inputs, that keep the training accuracy; found by bisection, the others are set to 0"),
        new("subnetwork_accuracy", ColumnType.Float64, "validation accuracy of that sub-network; null: there are no validation samples"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var hidden = context.Hidden;
        var wanted = context.Outputs.Accuracy(context.Task.Train) ?? throw new NotMeasurableException("there are no training samples");
        var order = ByResponse(hidden);
        var mask = new float[order.Length];
        try
        {
            var (low, high) = (0, order.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Keep(context, order, middle, mask).Accuracy(context.Task.Train) >= wanted) high = middle;
                else low = middle + 1;
            }

            return [high, Keep(context, order, high, mask).Accuracy(context.Task.Validation)];
        }
        finally
        {
            context.Unmask();
        }
    }

    private static ModelOutputs Keep(MeasureContext context, int[] order, int count, float[] mask)
    {
        for (var i = 0; i < order.Length; i++) mask[order[i]] = i < count ? 1 : 0;
        return context.Masked(mask);
    }

    /// <summary>Units by the variance of their values before the activation, largest first; of several tokens, all count.</summary>
    private static int[] ByResponse(HiddenActivations hidden)
    {
        var (columns, size) = (hidden.Units, hidden.Layer.Size);
        var (sums, squares) = (new double[columns], new double[columns]);
        for (var i = 0; i < hidden.Before.Length; i += columns)
        {
            for (var unit = 0; unit < columns; unit++)
            {
                double value = hidden.Before[i + unit];
                (sums[unit], squares[unit]) = (sums[unit] + value, squares[unit] + (value * value));
            }
        }

        var rows = hidden.Before.Length / columns;
        var variances = new double[size];
        for (var unit = 0; unit < columns; unit++) variances[unit % size] += squares[unit] - (sums[unit] * sums[unit] / rows);
        return [.. Enumerable.Range(0, size).OrderByDescending(unit => variances[unit])];
    }
}
