using Goldilocks.Graph;
using Goldilocks.Graph.Compile;

namespace Goldilocks.Train;

/// <summary>How a run's updates and evaluations are computed.</summary>
internal interface IStepper : IDisposable
{
    /// <summary>Holds the parameters and their moments.</summary>
    CompiledModel Parameters { get; }

    /// <summary>Floating-point operations of the matrix products of one step.</summary>
    long FlopsPerStep { get; }

    /// <summary>Whether a state can be left unevaluated; otherwise <see cref="Update"/> relies on <see cref="Evaluate"/> having run before it.</summary>
    bool MaySkipEvaluation { get; }

    /// <summary>Loss and correct predictions over all samples with the current parameters.</summary>
    Totals Evaluate();

    /// <summary>One update.</summary>
    /// <param name="step">Updates before it.</param>
    void Update(long step);

    /// <summary>The rows of a batch value for all samples in canonical order, [samples, columns], with the current parameters.</summary>
    Tensor InCanonicalOrder(string value);
}

/// <summary>Sums over the samples of both splits.</summary>
internal readonly record struct Totals(double TrainLoss, double ValidationLoss, int TrainCorrect, int ValidationCorrect);
