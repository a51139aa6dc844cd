using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes made-up tables behind the figures of the paper into the folders train, analyze and theory.</summary>
internal static class PaperTables
{
    /// <summary>Three sizes of three seeds each: never, sometimes and always in order.</summary>
    public static IReadOnlyList<PaperRun> Additions { get; } =
    [
        new(10, 0) { Accuracy = 0.2182, Predicted = 0.2, Ideal = 0.1818, Nullity = 8, Parallelograms = 3 },
        new(10, 1) { Accuracy = 0.3, Predicted = 0.3, Ideal = 0.1818, Nullity = 7, Parallelograms = 4 },
        new(10, 2) { Accuracy = 0.2, Predicted = 0.2, Ideal = 0.1818, Nullity = 9, Parallelograms = 1, RqiStep = 4000 },
        new(30, 0) { Accuracy = 0.7, Predicted = 0.7, Ideal = 0.9, ExpectedPaper = 9000, ExpectedReference = 2300 },
        new(30, 1) { Accuracy = 0.6, Predicted = 0.6, RqiStep = 2000, ExpectedPaper = 8000, ExpectedReference = 2000 },
        new(30, 2) { Accuracy = 0.9, Predicted = 0.9, RqiStep = 800, ExpectedPaper = 7000, ExpectedReference = 1500 },
        new(45, 0) { Accuracy = 1, Predicted = 1, RqiStep = 700, ExpectedPaper = 6000, ExpectedReference = 1000 },
        new(45, 1) { Accuracy = 1, Predicted = 1, RqiStep = 900, ExpectedPaper = 6500, ExpectedReference = 1200 },
        new(45, 2) { Accuracy = 1, Predicted = 1, RqiStep = 750, ExpectedPaper = 5000, ExpectedReference = 900, Recorded = 41 },
    ];

    /// <summary>The four kinds of Figure 2; of the organised addition two seeds.</summary>
    public static IReadOnlyList<PaperRun> Planes { get; } =
    [
        new(52, 0) { Symbols = 11, Samples = 66, Dimension = 2, Accuracy = 0.6 },
        new(52, 1) { Symbols = 11, Samples = 66, Dimension = 2, Accuracy = 0.95, DecoderWeightDecay = 5, ValidationStep = 900 },
        new(52, 2) { Symbols = 11, Samples = 66, Dimension = 2, Accuracy = 0.7, DecoderWeightDecay = 5 },
        new(52, 0) { Symbols = 11, Samples = 66, Dimension = 2, Accuracy = 0.5, Operation = "modular_add" },
        new(52, 3) { Symbols = 11, Samples = 66, Dimension = 2, Accuracy = 1, Operation = "modular_add", DecoderWeightDecay = 5, ValidationStep = 1200 },
    ];

    public static void Write(TemporaryFolder folder, IReadOnlyList<PaperRun> runs)
    {
        Train(folder.Inner("train"), runs);
        Analysis(folder.Inner("analyze"), runs);
        if (runs[0].Dimension > 1) DecoderMap(folder.Inner("analyze"), runs, side: 24);
        Theory(folder.Inner("theory"));
    }

    public static void Train(string folder, IReadOnlyList<PaperRun> runs)
    {
        using (var table = SampleTables.Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("rng", ColumnType.Text), ("convention", ColumnType.Text), ("p", ColumnType.Int64),
            ("train_samples", ColumnType.Int64), ("operation", ColumnType.Text), ("embedding_dimension", ColumnType.Int64), ("decoder_weight_decay", ColumnType.Float64),
            ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64), ("validation_accuracy_step", ColumnType.Int64), ("rqi_step", ColumnType.Int64), ("rqi_threshold", ColumnType.Float64),
            ("executed_steps", ColumnType.Int64), ("samples", ColumnType.Int64), ("final_accuracy", ColumnType.Float64), ("final_predicted_accuracy", ColumnType.Float64), ("final_rqi", ColumnType.Float64),
            ("nullity", ColumnType.Int64), ("permissible_parallelograms", ColumnType.Int64), ("ideal_accuracy", ColumnType.Float64),
            ("expected_steps_paper", ColumnType.Float64), ("expected_steps_reference", ColumnType.Float64)))
        {
            foreach (var run in runs)
            {
                table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append(run.Convention).Append(run.Convention).Append((long?)run.Symbols)
                    .Append((long?)run.TrainSamples).Append(run.Operation).Append((long?)run.Dimension).Append((double?)run.DecoderWeightDecay)
                    .Append("comprehension").Append(100L).Append(run.ValidationStep).Append(run.RqiStep).Append((double?)run.RqiThreshold)
                    .Append((long?)run.Steps).Append((long?)run.Samples).Append((double?)run.Accuracy).Append((double?)run.Predicted).Append((double?)run.Structure)
                    .Append((long?)run.Nullity).Append((long?)run.Parallelograms).Append((double?)run.Ideal).Append(run.ExpectedPaper).Append(run.ExpectedReference).EndRow();
            }

            table.Write(Path.Combine(folder, "runs.parquet"));
        }

        using var embeddings = SampleTables.Table("embeddings", ["run", "step", "symbol", "dimension"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("symbol", ColumnType.Int32), ("dimension", ColumnType.Int32), ("value", ColumnType.Float64));
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Recorded; i++)
            {
                var progress = i / (run.Recorded - 1.0);
                for (var symbol = 0; symbol < run.Symbols; symbol++)
                {
                    for (var dimension = 0; dimension < run.Dimension; dimension++)
                        embeddings.Append(run.Id).Append((long?)(progress * run.Steps)).Append((int?)symbol).Append((int?)dimension).Append((double?)run.Value(symbol, dimension, progress)).EndRow();
                }
            }
        }

        embeddings.Write(Path.Combine(folder, "embeddings.parquet"));
    }

    /// <summary>ONNX Runtime finds what the trainer found.</summary>
    public static void Analysis(string folder, IEnumerable<PaperRun> runs)
    {
        using var table = SampleTables.Table("analysis", ["run", "step"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("accuracy", ColumnType.Float64), ("predicted_accuracy", ColumnType.Float64), ("ideal_accuracy", ColumnType.Float64), ("circularity", ColumnType.Float64));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(0L).Append(0.1).Append(0.1).Append((double?)run.Ideal).Append(0.3).EndRow();
            table.Append(run.Id).Append((long?)run.Steps).Append((double?)run.Accuracy).Append((double?)run.Predicted).Append((double?)run.Ideal).Append((double?)run.Structure).EndRow();
        }

        table.Write(Path.Combine(folder, "analysis.parquet"));
    }

    /// <summary>Stripes across the line for sums, sectors of the circle for residues.</summary>
    public static void DecoderMap(string folder, IEnumerable<PaperRun> runs, int side)
    {
        using var table = SampleTables.Table("decoder_map", ["run", "step", "row", "column"],
            ("run", ColumnType.Text), ("step", ColumnType.Int64), ("row", ColumnType.Int32), ("column", ColumnType.Int32), ("x", ColumnType.Float64), ("y", ColumnType.Float64), ("class", ColumnType.Int32));
        foreach (var run in runs)
        {
            for (var cell = 0; cell < side * side; cell++)
            {
                var (row, column) = (cell / side, cell % side);
                var (x, y) = ((3.0 * column / (side - 1)) - 1.5, (3.0 * row / (side - 1)) - 1.5);
                var along = (x + (0.6 * y)) / 1.36;
                var wave = run.IsOrganised ? 0 : 0.5 * Math.Sin((3 * x) + run.Seed) * Math.Cos(4 * y);
                var answer = run.Operation == "add"
                    ? Math.Clamp(Math.Round((run.Symbols - 1) * (along + wave + 1)), 0, 2 * (run.Symbols - 1))
                    : Math.Round(((Math.Atan2(y, x) / (2 * Math.PI)) + 1 + wave) * run.Symbols * 8) % run.Symbols;
                table.Append(run.Id).Append((long?)run.Steps).Append((int?)row).Append((int?)column).Append((double?)x).Append((double?)y).Append((int?)answer).EndRow();
            }
        }

        table.Write(Path.Combine(folder, "decoder_map.parquet"));
    }

    public static void Theory(string folder)
    {
        using (var table = SampleTables.Table("critical", ["p", "samples"],
            ("p", ColumnType.Int64), ("samples", ColumnType.Int64), ("fraction", ColumnType.Float64), ("draws", ColumnType.Int64), ("unique_draws", ColumnType.Int64), ("probability", ColumnType.Float64),
            ("low", ColumnType.Float64), ("high", ColumnType.Float64), ("authors_draws", ColumnType.Int64), ("authors_unique", ColumnType.Int64)))
        {
            foreach (var p in (long[])[10, 11])
            {
                foreach (var (samples, share) in (ReadOnlySpan<(long, double)>)[(10, 0), (20, 0.2), (30, 0.7), (45, 1)])
                {
                    table.Append((long?)p).Append((long?)samples).Append(samples / 55.0).Append(1000L).Append((long?)(1000 * share)).Append((double?)share)
                        .Append(Math.Max(0, share - 0.03)).Append(Math.Min(1, share + 0.03)).Append(p == 10 ? 10_000L : null).Append(p == 10 ? (long?)(9900 * share) : null).EndRow();
                }
            }

            table.Write(Path.Combine(folder, "critical.parquet"));
        }

        using (var table = SampleTables.Table("rates", ["p", "samples", "draw"],
            ("p", ColumnType.Int64), ("samples", ColumnType.Int64), ("fraction", ColumnType.Float64), ("draw", ColumnType.Int64), ("lambda3_paper", ColumnType.Float64), ("lambda3_reference", ColumnType.Float64)))
        {
            foreach (var p in (long[])[10, 11])
            {
                foreach (var samples in (long[])[10, 20, 30, 45])
                {
                    for (var draw = 0L; draw <= 100; draw++)
                    {
                        // Values 0, 1, ..., 100 times a scale, of which the first are zero: quantiles can be told by heart.
                        var rate = draw < 110 - (2 * samples) ? 0 : draw * samples;
                        table.Append((long?)p).Append((long?)samples).Append(samples / 55.0).Append((long?)draw).Append(rate * 1e-5).Append(rate * 1e-3).EndRow();
                    }
                }
            }

            table.Write(Path.Combine(folder, "rates.parquet"));
        }

        using (var table = SampleTables.Table("trajectories", ["convention", "step", "symbol"],
            ("convention", ColumnType.Text), ("step", ColumnType.Int64), ("symbol", ColumnType.Int32), ("value", ColumnType.Float64)))
        {
            foreach (var (convention, relaxation) in Relaxations)
            {
                for (var step = 0L; step <= 600; step++)
                {
                    for (var symbol = 0; symbol < 10; symbol++)
                    {
                        var value = ((symbol - 4.5) / 3) + (Math.Sin(7 * symbol) * Math.Exp(-10 * step / relaxation));
                        table.Append(convention).Append((long?)(10 * step)).Append((int?)symbol).Append((double?)value).EndRow();
                    }
                }
            }

            table.Write(Path.Combine(folder, "trajectories.parquet"));
        }

        using (var table = SampleTables.Table("invariants", ["convention", "step"],
            ("convention", ColumnType.Text), ("step", ColumnType.Int64), ("loss", ColumnType.Float64), ("squared_norm", ColumnType.Float64), ("centre", ColumnType.Float64), ("relaxation_steps", ColumnType.Float64)))
        {
            foreach (var (convention, relaxation) in Relaxations)
            {
                foreach (var step in (long[])[0, 3000, 6000])
                    table.Append(convention).Append((long?)step).Append(4 * Math.Exp(-step / 1000.0)).Append(convention == "paper" ? 10 : 9 + (step / 6000.0)).Append(-1e-15 * step).Append((double?)relaxation).EndRow();
            }

            table.Write(Path.Combine(folder, "invariants.parquet"));
        }

        using var stored = SampleTables.Table("stored_runs", ["train_samples", "seed"],
            ("train_samples", ColumnType.Int64), ("seed", ColumnType.Int64), ("accuracy", ColumnType.Float64), ("predicted_accuracy", ColumnType.Float64), ("ideal_accuracy", ColumnType.Float64),
            ("nullity", ColumnType.Int64), ("permissible_parallelograms", ColumnType.Int64), ("third_eigenvalue", ColumnType.Float64), ("rqi_step", ColumnType.Int64));
        // The values of the first runs of Additions; of seed 1 the accuracy differs.
        stored.Append(10L).Append(0L).Append(0.2182).Append(0.2).Append(0.1818).Append(8L).Append(3L).Append(0.0).AppendNull().EndRow();
        stored.Append(10L).Append(1L).Append(0.2727).Append(0.3).Append(0.1818).Append(7L).Append(4L).Append(0.0).AppendNull().EndRow();
        stored.Append(45L).Append(0L).Append(1.0).Append(1.0).Append(1.0).Append(2L).Append(50L).Append(15.547).Append(833L).EndRow();
        stored.Write(Path.Combine(folder, "stored_runs.parquet"));
    }

    private static IReadOnlyList<(string Convention, double RelaxationSteps)> Relaxations { get; } = [("paper", 24_000), ("reference", 550)];
}
