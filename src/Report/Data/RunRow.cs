using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>One row of <c>runs.parquet</c>: the recipe's parameters, and what came out.</summary>
internal sealed class RunRow : TableRow
{
    /// <param name="columns">Names and values in the table's order.</param>
    /// <exception cref="GoldilocksException">A column that every run has is missing or empty.</exception>
    public RunRow(IReadOnlyList<KeyValuePair<string, object?>> columns)
        : base("runs", columns)
    {
        Settings = [.. columns.TakeWhile(column => column.Key != "phase").Where(column => column.Key != "run")];
        Id = Words("run");
        Phase = Words("phase");
        Steps = WholeNumber("executed_steps");
    }

    /// <summary>The run's identity, 64 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>As in file names.</summary>
    public string ShortId => Short(Id);

    /// <summary>A run's identity as in file names.</summary>
    public static string Short(string run) => run[..Math.Min(12, run.Length)];

    /// <summary>Recipe and parameters, in the table's order: the columns before the first result, which is the phase.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Settings { get; }

    /// <summary>By Table 1 of the paper: comprehension, grokking, memorization, confusion or undefined.</summary>
    public string Phase { get; }

    /// <summary>Updates done.</summary>
    public long Steps { get; }

    public long? TrainStep => Integer("train_accuracy_step");

    public long? ValidationStep => Integer("validation_accuracy_step");

    public long? RqiStep => Integer("rqi_step");

    public string Recipe => Text("recipe") ?? "";

    /// <summary>Whether the authors' code's definitions hold rather than the paper's.</summary>
    public bool IsReferenceConvention => Text("convention") == "reference";

    /// <summary>Whether the authors' program that the run follows, where it follows one, takes validation accuracy after a step's update, too.</summary>
    public bool IsPhaseDiagram => IsGroup || Text("program") == "phase_diagram";

    /// <summary>Whether embeddings are matrices that are multiplied, not vectors that are added.</summary>
    public bool IsGroup => Recipe == "toy-group";

    /// <summary>Values that make one symbol's embedding.</summary>
    public int Dimension => (int)(Integer("embedding_dimension") ?? 1) is var d && IsGroup ? d * d : d;

    /// <summary>Fraction that training accuracy must reach.</summary>
    public double AccuracyThreshold => Number("accuracy_threshold") ?? 0.9;

    /// <summary>Fraction that validation accuracy must reach: the same, unless the recipe has another.</summary>
    public double ValidationThreshold => Number("validation_threshold") ?? AccuracyThreshold;

    /// <summary>Whether the task has parallelograms, so that the run has an RQI.</summary>
    public bool HasRqi => RqiStep is not null || Number("final_rqi") is not null;

    /// <summary>Fraction that RQI must exceed.</summary>
    public double RqiThreshold => Number("rqi_threshold") ?? 0.95;

    /// <summary>Steps between the two accuracies from which on a run is grokking.</summary>
    public long GrokkingGap => Integer("grokking_gap") ?? 1000;

    public long Seed => WholeNumber("seed");

    /// <summary>n, the size of the training set; null where the table does not tell.</summary>
    public long? TrainCount => Integer("train_samples") ?? Integer("train_images") ?? (long?)(Number("train_fraction") * Integer("samples"));

    /// <summary>Samples that are kept back; null where the table does not tell.</summary>
    public long? ValidationCount => Addition?.ValidationPairs ?? (Integer("samples") - TrainCount);

    /// <inheritdoc cref="TrainCount"/>
    /// <exception cref="GoldilocksException">The table does not tell.</exception>
    public long TrainSamples => TrainCount ?? WholeNumber("train_samples");

    /// <summary>n/|D0|, the share of all samples that is shown in training.</summary>
    public double Fraction => (double)TrainSamples / WholeNumber("samples");

    /// <summary>The addition of unordered pairs that was trained, or null for another task.</summary>
    public AdditionTask? Addition => Recipe == "toy-addition" && Text("operation") is null or "add" && Text("pairs") is null or "unordered" && Integer("p") is { } p and > 1 and < 100_000 && Integer("train_samples") is { } train
        ? new AdditionTask((int)p, train)
        : null;
}
