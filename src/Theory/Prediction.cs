namespace Goldilocks.Theory;

/// <summary>What the theory says about a data set before any training; the fields of <c>theory predict --json</c>.</summary>
/// <param name="P">Number of symbols.</param>
/// <param name="Samples">|D0|.</param>
/// <param name="TrainSamples">|D|.</param>
/// <param name="Seed">The seed that drew D.</param>
/// <param name="Rng">The generators that drew it: <c>counter</c> or <c>reference</c>.</param>
/// <param name="PermissibleParallelograms">|P0(D)|.</param>
/// <param name="Parallelograms">|P0|.</param>
/// <param name="Nullity">Nullity of A(P0(D)); 2 means a unique linear structure.</param>
/// <param name="Spectrum">Eigenvalues of AᵀA over P0(D), ascending; as many zeros as the nullity.</param>
/// <param name="IdealRqi">|P(D)|/|P0|.</param>
/// <param name="IdealAccuracy">Over all samples.</param>
/// <param name="IdealValidationAccuracy">Over the validation samples; null when there are none.</param>
/// <param name="LearningRate">η of the embedding.</param>
/// <param name="TimeScales">One entry per convention.</param>
public sealed record Prediction(
    int P,
    int Samples,
    int TrainSamples,
    long Seed,
    string Rng,
    long PermissibleParallelograms,
    long Parallelograms,
    int Nullity,
    IReadOnlyList<double> Spectrum,
    double IdealRqi,
    double IdealAccuracy,
    double? IdealValidationAccuracy,
    double LearningRate,
    IReadOnlyList<TimeScale> TimeScales)
{
    /// <summary>Predicts from a split.</summary>
    /// <param name="split">The data set.</param>
    /// <param name="seed">Reported only.</param>
    /// <param name="rng">Reported only.</param>
    /// <param name="learningRate">η of the embedding.</param>
    public static Prediction Of(Split split, long seed, string rng, double learningRate)
    {
        var all = new ParallelogramSet(split.Samples);
        var structure = new TrainingStructure(all, split);
        var scales = Enum.GetValues<Convention>().Select(convention =>
        {
            var theory = EffectiveTheory.OfTraining(all, split, convention);
            var relaxation = theory.StepsPerRelaxation(learningRate);
            return new TimeScale(convention.Name(), theory.Lambda3, theory.Rate, relaxation, 3 * relaxation);
        });
        return new Prediction(
            split.Samples.Symbols,
            split.Samples.Count,
            split.Train.Length,
            seed,
            rng,
            structure.PermissibleParallelograms,
            all.Count,
            structure.Nullity,
            EffectiveTheory.OfTraining(all, split, Convention.Reference).GramSpectrum.ToArray(),
            structure.IdealRqi,
            structure.IdealAccuracy,
            structure.IdealValidationAccuracy,
            learningRate,
            [.. scales]);
    }
}
