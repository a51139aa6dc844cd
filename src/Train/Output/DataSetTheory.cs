using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>What a data set implies before any training (§3.2, appendices E and F): columns of <see cref="RunsTable"/>.</summary>
/// <param name="Samples">|D0|.</param>
/// <param name="PermissibleParallelograms">|P0(D)|; null when there are too many symbols.</param>
/// <param name="Structure">Exact ranks; null likewise, and for embeddings that are multiplied, whose parallelograms are no linear equations.</param>
/// <param name="Paper">The time scale by the paper's convention; null for a task whose representation is no line.</param>
/// <param name="Reference">The time scale by the reference code's convention; null likewise.</param>
internal sealed record DataSetTheory(int Samples, long? PermissibleParallelograms, TrainingStructure? Structure, DataSetTheory.TimeScale? Paper, DataSetTheory.TimeScale? Reference)
{
    private const string TooLarge = "null: more than 256 symbols, or no parallelograms in the task";
    private const string NoStructure = $"{TooLarge}, or embeddings are multiplied";
    private const string NoLine = "null: not plain addition, or more than 256 symbols";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("samples", ColumnType.Int64, "|D0|, samples of the task, training and validation"),
        new("nullity", ColumnType.Int64, $"dimension of the null space of the training samples' parallelogram equations, A(P0(D)); 2: a unique line (section 3.2, equation 7); {NoStructure}"),
        new("permissible_parallelograms", ColumnType.Int64, $"|P0(D)|, parallelograms between training samples (section 3.1, equation 1; of products, appendix H); {TooLarge}"),
        new("ideal_accuracy", ColumnType.Float64, $"fraction of all samples that a representation with every implied parallelogram predicts (appendix E); {NoStructure}"),
        new("ideal_rqi", ColumnType.Float64, $"RQI of such a representation, a fraction (appendix E); {NoStructure}"),
        new("lambda3_paper", ColumnType.Float64, $"third smallest eigenvalue of H = 2A^T A/(|P0(D)| Z0), Z0 = p (section 3.2, equation 8); 0: the line is not unique; {NoLine}"),
        new("lambda3_reference", ColumnType.Float64, $"third smallest eigenvalue of A^T A, as the authors' code takes it; 0: the line is not unique; {NoLine}"),
        new("expected_steps_paper", ColumnType.Float64,
            $"3 n_h = 3/(rate eta), steps until the line has formed; rate: lambda3_paper, eta: learning rate of the embedding (section 3.2, appendix F); null: the line is not unique, or eta = 0; {NoLine}"),
        new("expected_steps_reference", ColumnType.Float64,
            $"the same with the authors' code's H = 2A^T A/Z0, Z0 = p - 1; null: the line is not unique, or eta = 0; {NoLine}"),
    ];

    public static DataSetTheory Of(Experiment experiment) => experiment.Quality switch
    {
        RepresentationQuality sums => OfSums(sums.Parallelograms, experiment.Split, experiment.EmbeddingLearningRate),
        ProductQuality products => new DataSetTheory(experiment.Data.Count, products.Parallelograms.CountPermissible(experiment.Split), null, null, null),
        _ => new DataSetTheory(experiment.Data.Count, null, null, null, null),
    };

    /// <summary>Appends <see cref="Columns"/>.</summary>
    public void Append(RowCells table) => table
        .Append((long?)Samples)
        .Append((long?)Structure?.Nullity).Append(PermissibleParallelograms)
        .Append(Structure?.IdealAccuracy).Append(Structure?.IdealRqi)
        .Append(Paper?.Lambda3).Append(Reference?.Lambda3)
        .Append(Paper?.ExpectedSteps).Append(Reference?.ExpectedSteps);

    private static DataSetTheory OfSums(ParallelogramSet all, Split split, double learningRate)
    {
        var samples = split.Samples;
        if (samples.Symbols > TrainingStructure.LargestSymbols) return new DataSetTheory(samples.Count, null, null, null, null);
        var (structure, line) = (new TrainingStructure(all, split), samples.Operation == "add");
        return new DataSetTheory(samples.Count, structure.PermissibleParallelograms, structure, line ? Scale(Convention.Paper) : null, line ? Scale(Convention.Reference) : null);

        TimeScale Scale(Convention convention)
        {
            var theory = EffectiveTheory.OfTraining(all, split, convention);
            return new TimeScale(theory.Lambda3, learningRate > 0 ? 3 * theory.StepsPerRelaxation(learningRate) : null);
        }
    }

    /// <param name="Lambda3">As the convention defines it.</param>
    /// <param name="ExpectedSteps">3 n_h.</param>
    internal sealed record TimeScale(double Lambda3, double? ExpectedSteps);
}
