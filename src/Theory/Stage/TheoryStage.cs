using Goldilocks.Core;
using Goldilocks.Native;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory;

/// <summary>The theory stage: what the effective theory says of random training sets and of the runs that were trained.</summary>
public static class TheoryStage
{
    /// <summary>Writes the tables that <paramref name="options"/> ask for; equal input gives equal bytes, whatever the number of jobs.</summary>
    /// <param name="trainFolder">Holds <c>runs.parquet</c> and <c>embeddings.parquet</c>; read for trajectories only.</param>
    /// <param name="outputFolder">Made when missing.</param>
    /// <param name="options">Which tables.</param>
    /// <param name="jobs">Threads, at least 1.</param>
    /// <param name="cancellation">Stops the work; tables written before stay.</param>
    /// <returns>The names of the tables written.</returns>
    /// <exception cref="GoldilocksException">A table of the train stage is missing, or no run suits the trajectories.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<string> Run(string trainFolder, string outputFolder, TheoryOptions options, int jobs, CancellationToken cancellation)
    {
        var written = new List<string>();
        if (options.CriticalDraws > 0) Write(TheoryTables.Critical, table => Critical(table, options, jobs, cancellation));
        if (options.RateDraws > 0) Write(TheoryTables.Rates, table => Rates(table, options, jobs, cancellation));
        if (options.Trajectories)
        {
            var start = TrajectoryStart.Read(trainFolder, cancellation);
            Write(TheoryTables.Trajectories, trajectories => Write(TheoryTables.Invariants, invariants => Trajectories(start, (convention, step, embedding, exactDifference) =>
            {
                for (var symbol = 0; symbol < embedding.Length; symbol++) trajectories.Append(convention.Name()).Append((long?)step).Append((int?)symbol).Append((double?)embedding[symbol]).EndRow();
                var theory = start.Theory(convention);
                invariants.Append(convention.Name()).Append((long?)step).Append((double?)theory.Loss(embedding)).Append((double?)EffectiveTrajectory.SquaredNorm(embedding))
                    .Append((double?)embedding.Sum()).Append((double?)exactDifference).Append(theory.StepsPerRelaxation(start.LearningRate)).EndRow();
            })));
        }

        if (options.StoredRuns) Write(TheoryTables.Stored, Stored);
        return written;

        void Write(TableSchema schema, Action<TableWriter> fill)
        {
            cancellation.ThrowIfCancellationRequested();
            using var table = new TableWriter(schema);
            fill(table);
            table.Write(Path.Combine(outputFolder, $"{schema.Name}.parquet"));
            written.Add(schema.Name);
        }
    }

    private static void Critical(TableWriter table, TheoryOptions options, int jobs, CancellationToken cancellation)
    {
        var curve = CriticalFraction.Estimate(options.Symbols, options.CriticalDraws, (ulong)options.Seed, jobs, cancellation);
        for (var n = 1; n <= curve.Samples; n++)
        {
            var (low, high) = curve.Interval(n);
            var published = options.Symbols == 10 ? PublishedResults.CriticalCounts[n] : ((long Draws, long Unique)?)null;
            table.Append((long?)options.Symbols).Append((long?)n).Append((double?)n / curve.Samples).Append((long?)curve.Draws).Append((long?)curve.Successes[n])
                .Append((double?)curve.Successes[n] / curve.Draws).Append((double?)low).Append((double?)high).Append(published?.Draws).Append(published?.Unique).EndRow();
        }
    }

    private static void Rates(TableWriter table, TheoryOptions options, int jobs, CancellationToken cancellation)
    {
        var all = new ParallelogramSet(SampleSet.Addition(options.Symbols));
        var total = all.Samples.Count;
        var draws = new (long Parallelograms, int Nullity, double Paper, double Reference)[options.RateDraws][];
        Parallel.For(0, options.RateDraws, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, draw =>
        {
            var order = Enumerable.Range(0, total).ToArray();
            new CounterRandom((ulong)options.Seed, RandomStream.MonteCarlo, (uint)draw).Shuffle<int>(order);
            draws[draw] = [.. Enumerable.Range(1, total).Select(n =>
            {
                var theory = EffectiveTheory.OfTraining(all, Split.Of(all.Samples, order.AsSpan(0, n)), Convention.Paper);
                return (theory.Parallelograms, theory.Nullity, theory.Lambda3, theory.GramSpectrum[2]);
            })];
        });
        for (var draw = 0; draw < draws.Length; draw++)
        {
            for (var n = 1; n <= total; n++)
            {
                var (parallelograms, nullity, paper, reference) = draws[draw][n - 1];
                table.Append((long?)options.Symbols).Append((long?)n).Append((double?)n / total).Append((long?)draw)
                    .Append((long?)parallelograms).Append((long?)nullity).Append((double?)paper).Append((double?)reference).EndRow();
            }
        }
    }

    /// <summary>
    /// Both conventions' trajectories, 200 states and the start each, with their distance from the exact solution. Paper: integrated from the initial
    /// embedding for 8 n_h steps; reference: 5000 explicit steps from the embedding after the first update, as the authors' code draws them.
    /// </summary>
    private static void Trajectories(TrajectoryStart start, Action<Convention, long, double[], double> observe)
    {
        const int points = 200, perPoint = 20;
        const int referenceSteps = 5000;
        var paper = start.Theory(Convention.Paper);
        var flow = new EffectiveTrajectory(paper, start.Embedding(Convention.Paper));
        var between = Math.Max(1, (long)Math.Ceiling(8 * (paper.StepsPerRelaxation(start.LearningRate) ?? referenceSteps / 8.0) / points));
        flow.RungeKutta(between * start.LearningRate / perPoint, points * perPoint, (step, embedding) =>
        {
            if (step % perPoint == 0) Observe(Convention.Paper, flow, step / perPoint * between, embedding);
        });

        var reference = new EffectiveTrajectory(start.Theory(Convention.Reference), start.Embedding(Convention.Reference));
        reference.Euler(start.LearningRate, referenceSteps, EffectiveFlow.Full, frozenNorm: true, (step, embedding) =>
        {
            if (step % (referenceSteps / points) == 0) Observe(Convention.Reference, reference, step, embedding);
        });

        void Observe(Convention convention, EffectiveTrajectory trajectory, long step, double[] embedding)
        {
            var exact = trajectory.At(step * start.LearningRate, EffectiveFlow.Full);
            observe(convention, step, embedding, exact.Zip(embedding, (one, other) => Math.Abs(one - other)).Max());
        }
    }

    private static void Stored(TableWriter table)
    {
        foreach (var run in PublishedResults.Runs)
        {
            table.Append((long?)run.TrainSamples).Append((long?)run.Seed).Append((double?)run.Accuracy).Append((double?)run.PredictedAccuracy).Append((double?)run.IdealAccuracy)
                .Append((long?)run.Nullity).Append((long?)run.PermissibleParallelograms).Append((double?)run.ThirdEigenvalue).Append(run.RqiStep).EndRow();
        }
    }
}
