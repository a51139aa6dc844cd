using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Theory.Tests;

public sealed class TheoryStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Critical_counts_stand_beside_the_authors()
    {
        Assert.Equal(["critical"], Run(new TheoryOptions { CriticalDraws = 2000 }));
        var rows = Query("SELECT count(*) AS sizes, sum(unique_draws) AS ours, sum(authors_unique) AS theirs, max(authors_draws) AS draws, max(abs(probability - unique_draws / draws)) AS difference FROM critical");
        Assert.Equal([55L, 10_000L, 0.0], new[] { rows["sizes"][0], rows["draws"][0], rows["difference"][0] });
        var estimate = CriticalFraction.Estimate(10, 2000, 0, threads: 1);
        Assert.Equal(estimate.Successes.Sum(), Convert.ToInt64(rows["ours"][0], null));

        // The published counts of 13 to 41 samples, and 14 sizes beyond with all 10,000.
        Assert.Equal(187_727 + (14 * 10_000), Convert.ToInt64(rows["theirs"][0], null));
    }

    [Fact]
    public void Another_p_has_no_published_counts()
    {
        Run(new TheoryOptions { Symbols = 6, CriticalDraws = 10 });
        Assert.Equal(21L, Query("SELECT count(*) AS n FROM critical WHERE authors_unique IS NULL AND authors_draws IS NULL")["n"][0]);
    }

    [Fact]
    public void Rates_vanish_exactly_where_the_structure_is_not_unique_and_end_at_the_full_sets_value()
    {
        Run(new TheoryOptions { RateDraws = 20 });
        Assert.Equal(0L, Query("SELECT count(*) AS n FROM rates WHERE (nullity = 2) <> (lambda3_reference > 0) OR (nullity = 2) <> (lambda3_paper > 0)")["n"][0]);

        // All 55 samples: 70 parallelograms, third eigenvalue of AᵀA 30, of H 2·30/(70·10).
        var full = Query("SELECT DISTINCT permissible_parallelograms AS q, nullity, round(lambda3_reference, 9) AS g, round(lambda3_paper, 9) AS h FROM rates WHERE samples = 55");
        Assert.Equal(1, full.RowCount);
        Assert.Equal([70L, 2L, 30.0, Math.Round(60.0 / 700, 9)], full.Rows[0]);
    }

    [Fact]
    public void Equal_bytes_for_any_number_of_threads()
    {
        var options = new TheoryOptions { CriticalDraws = 500, RateDraws = 10 };
        Run(options, jobs: 1);
        var first = ((string[])["critical", "rates"]).Select(table => File.ReadAllBytes(PathOf(table))).ToArray();
        Run(options, jobs: 4);
        Assert.Equal(first, ((string[])["critical", "rates"]).Select(table => File.ReadAllBytes(PathOf(table))));
    }

    [Fact]
    public void Stored_runs_are_the_33_with_never_as_null()
    {
        Run(new TheoryOptions { StoredRuns = true });
        var rows = Query("SELECT count(*) AS n, count(rqi_step) AS reached, corr(accuracy, predicted_accuracy) AS r, count(*) FILTER (predicted_accuracy > ideal_accuracy) AS above FROM stored_runs");
        Assert.Equal([33L, 14L], rows.Rows[0][..2]);
        Assert.Equal(0.9964, (double)rows["r"][0]!, 4);
        Assert.Equal(6L, rows["above"][0]);
    }

    [Fact]
    public void Trajectories_of_seed_58_have_the_reference_codes_losses_and_the_papers_invariants()
    {
        WriteRun();
        Assert.Equal(["invariants", "trajectories"], Run(new TheoryOptions { Trajectories = true }));
        var losses = Query("SELECT loss, squared_norm FROM invariants WHERE convention = 'reference' AND step IN (0, 1000, 5000) ORDER BY step");

        // The reference code normalised in single precision: 7 digits.
        Assert.Equal(397.76654, (double)losses["loss"][0]!, 1e-4);
        Assert.Equal(0.0319845, (double)losses["loss"][1]!, 5e-8);
        Assert.Equal(9.9337, (double)losses["squared_norm"][2]!, 5e-5);
        var paper = Query("SELECT max(abs(squared_norm - 10)) AS z, max(abs(centre)) AS c, max(exact_difference) AS e, max(relaxation_steps) AS n, count(*) AS states FROM invariants WHERE convention = 'paper'");
        Assert.Equal([201L], paper.Rows[0][4..]);
        Assert.True((double)paper["z"][0]! < 1e-8 && (double)paper["c"][0]! < 1e-8 && (double)paper["e"][0]! < 1e-8);

        // n_h = |P0(D)| Z0 / (2 · third eigenvalue · η), with the published 44 and 12.42966.
        Assert.Equal(44 * 10 / (2 * 12.42966 * 1e-3), (double)paper["n"][0]!, 0.1);
        var ends = Query("SELECT value FROM trajectories WHERE convention = 'reference' AND step = 5000 ORDER BY symbol")["value"].ToDoubles();
        Assert.Equal(1.5615, Math.Abs(ends[0]), 5e-5);
        Assert.Equal(1.5615, Math.Abs(ends[9]), 5e-5);
    }

    [Fact]
    public void Without_a_run_to_start_from_it_says_so()
    {
        var error = Assert.Throws<GoldilocksException>(() => Run(new TheoryOptions { Trajectories = true }));
        Assert.Equal($"{Path.Combine(_folder, "train", "runs.parquet")}: no such file. Trajectories start from a trained run; run the train stage first.", error.Message);
        WriteRun(operation: "modular_add");
        error = Assert.Throws<GoldilocksException>(() => Run(new TheoryOptions { Trajectories = true }));
        Assert.EndsWith("no run of toy addition (unordered pairs, one-dimensional embeddings), from which trajectories could start. Train one.", error.Message, StringComparison.Ordinal);

        // The runs of other recipes have no operation.
        using (var groups = new TableWriter(new TableSchema("runs", 1, [new("run", ColumnType.Text, "")], ["run"])))
        {
            groups.Append("0123456789abcdef").EndRow();
            groups.Write(Path.Combine(_folder, "train", "runs.parquet"));
        }

        Assert.EndsWith("Train one.", Assert.Throws<GoldilocksException>(() => Run(new TheoryOptions { Trajectories = true })).Message, StringComparison.Ordinal);

        // Another program draws its split in another order; ordered pairs are another data set.
        WriteRun(program: "phase_diagram");
        Assert.Throws<GoldilocksException>(() => Run(new TheoryOptions { Trajectories = true }));
        WriteRun(pairs: "ordered");
        Assert.Throws<GoldilocksException>(() => Run(new TheoryOptions { Trajectories = true }));
        WriteRun(recorded: 1);
        error = Assert.Throws<GoldilocksException>(() => Run(new TheoryOptions { Trajectories = true }));
        Assert.Equal("embeddings.parquet: step 1 of run 0123456789ab is not recorded, where trajectories start. Train it with record_per_decade: 150.", error.Message);
    }

    private IReadOnlyList<string> Run(TheoryOptions options, int jobs = 2) => TheoryStage.Run(Path.Combine(_folder, "train"), _folder, options, jobs, CancellationToken.None);

    private string PathOf(string table) => Path.Combine(_folder, $"{table}.parquet");

    private QueryResult Query(string sql)
    {
        using var engine = new QueryEngine(threads: 1);
        foreach (var file in Directory.GetFiles(_folder, "*.parquet")) engine.RegisterParquet(Path.GetFileNameWithoutExtension(file), file);
        return engine.Query(sql);
    }

    /// <summary>The reference run with seed 58, as far as trajectories need it.</summary>
    private void WriteRun(string operation = "add", string program = "toy", string pairs = "unordered", int recorded = 2)
    {
        using var runs = new TableWriter(new TableSchema("runs", 1,
        [
            new("run", ColumnType.Text, ""), new("p", ColumnType.Int64, ""), new("train_samples", ColumnType.Int64, ""), new("seed", ColumnType.Int64, ""),
            new("rng", ColumnType.Text, ""), new("loss", ColumnType.Text, ""), new("operation", ColumnType.Text, ""), new("embedding_lr", ColumnType.Float64, ""),
            new("output_dimension", ColumnType.Int64, ""), new("embedding_dimension", ColumnType.Int64, ""), new("executed_steps", ColumnType.Int64, ""),
            new("targets", ColumnType.Text, ""), new("program", ColumnType.Text, ""), new("pairs", ColumnType.Text, ""),
        ], ["run"]));
        runs.Append("0123456789abcdef").Append(10L).Append(45L).Append(58L).Append("reference").Append("mse").Append(operation).Append(1e-3).Append(30L).Append(1L).Append(5000L).Append("random").Append(program).Append(pairs).EndRow();
        runs.Write(Path.Combine(_folder, "train", "runs.parquet"));
        using var embeddings = new TableWriter(new TableSchema("embeddings", 1,
            [new("run", ColumnType.Text, ""), new("step", ColumnType.Int64, ""), new("symbol", ColumnType.Int32, ""), new("value", ColumnType.Float64, "")], ["run", "step", "symbol"]));
        for (var step = 0; step < recorded; step++)
        {
            var state = step == 0 ? Fixtures.Seed58Start : Fixtures.Seed58AfterOneStep;
            for (var symbol = 0; symbol < state.Length; symbol++) embeddings.Append("0123456789abcdef").Append((long?)step).Append((int?)symbol).Append((double?)state[symbol]).EndRow();
        }

        embeddings.Write(Path.Combine(_folder, "train", "embeddings.parquet"));
    }
}
