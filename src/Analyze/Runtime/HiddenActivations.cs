namespace Goldilocks.Analyze;

/// <summary>The last hidden layer over all samples in canonical order, row-major.</summary>
/// <param name="Layer">Which layer.</param>
/// <param name="Before">[samples, units], before the activation.</param>
/// <param name="After">[samples, units], after it.</param>
internal sealed record HiddenActivations(HiddenLayer Layer, float[] Before, float[] After)
{
    public int Units => Layer.Units;
}
