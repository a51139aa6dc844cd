using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Theory;

/// <summary>Where the trajectories start: the first embeddings of a trained run, and the theory over its training set.</summary>
internal sealed class TrajectoryStart
{
    private readonly float[] _initial;
    private readonly float[] _afterFirstStep;
    private readonly EffectiveTheory _paper;
    private readonly EffectiveTheory _reference;

    private TrajectoryStart(ParallelogramSet all, Split split, float[] initial, float[] afterFirstStep, double learningRate)
    {
        (_initial, _afterFirstStep, LearningRate) = (initial, afterFirstStep, learningRate);
        _paper = EffectiveTheory.OfTraining(all, split, Convention.Paper);
        _reference = EffectiveTheory.OfAll(all, Convention.Reference);
    }

    /// <summary>η of the embedding: the theory's time per step.</summary>
    public double LearningRate { get; }

    /// <summary>Over P0(D) by the paper's convention; over all of P0 by the reference code's.</summary>
    public EffectiveTheory Theory(Convention convention) => convention == Convention.Paper ? _paper : _reference;

    /// <summary>The normalised start [P]: before training by the paper, after the first update in the reference code.</summary>
    public double[] Embedding(Convention convention) =>
        NormalisedEmbedding.Of(convention == Convention.Paper ? _initial : _afterFirstStep, _paper.Symbols, convention);

    /// <summary>Takes the one-dimensional run of toy addition that recorded the most states (of several, the one with the smallest seed).</summary>
    /// <exception cref="GoldilocksException">There is none, or a table is missing.</exception>
    public static TrajectoryStart Read(string trainFolder, CancellationToken cancellation)
    {
        using var engine = new QueryEngine(threads: 1);
        foreach (var table in (string[])["runs", "embeddings"])
        {
            var path = Path.Combine(trainFolder, $"{table}.parquet");
            if (!File.Exists(path)) throw new GoldilocksException($"{path}: no such file. Trajectories start from a trained run; run the train stage first.");
            engine.RegisterParquet(table, path);
        }

        if (engine.Query("SELECT * FROM runs LIMIT 0", cancellation).Columns.All(column => column.Name != "operation")) throw NoRun(trainFolder);
        var runs = engine.Query(
            """
            SELECT run, p, train_samples, seed, rng, loss = 'mse' AND targets = 'random' AS draws_targets, embedding_lr, output_dimension
            FROM runs JOIN (SELECT run, count(DISTINCT step) AS recorded FROM embeddings GROUP BY run) USING (run)
            WHERE embedding_dimension = 1 AND operation = 'add' AND pairs = 'unordered' AND (rng = 'counter' OR program = 'toy') AND executed_steps > 0 ORDER BY recorded DESC, seed, run LIMIT 1
            """, cancellation);
        if (runs.RowCount == 0) throw NoRun(trainFolder);
        var samples = SampleSet.Addition((int)runs["p"].ToIntegers()[0]);
        var (train, seed) = ((int)runs["train_samples"].ToIntegers()[0], runs["seed"].ToIntegers()[0]);
        var outputs = runs["draws_targets"][0] is true ? (int)runs["output_dimension"].ToIntegers()[0] : samples.Classes;
        var split = runs["rng"].ToTexts()[0] == "reference" ? Split.ToyReference(samples, train, (uint)seed, outputs) : Split.Counter(samples, train, (ulong)seed);
        return new TrajectoryStart(new ParallelogramSet(samples), split, Values(0), Values(1), runs["embedding_lr"].ToDoubles()[0]);

        float[] Values(int step)
        {
            var rows = engine.Query($"SELECT value FROM embeddings WHERE run = {SqlText.Literal(runs["run"].ToTexts()[0]!)} AND step = {step} ORDER BY symbol", cancellation);
            if (rows.RowCount == 0) throw new GoldilocksException($"embeddings.parquet: step {step} of run {runs["run"].ToTexts()[0]![..12]} is not recorded, where trajectories start. Train it with record_per_decade: 150.");
            return Array.ConvertAll(rows["value"].ToDoubles(), value => (float)value);
        }
    }

    private static GoldilocksException NoRun(string trainFolder) =>
        new($"{trainFolder}: no run of toy addition (unordered pairs, one-dimensional embeddings), from which trajectories could start. Train one.");
}
