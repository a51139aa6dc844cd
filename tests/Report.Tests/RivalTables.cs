using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>Writes made-up tables behind the page of the rival accounts.</summary>
internal static class RivalTables
{
    /// <summary>Three weight decays: with 0.1 no run generalises, with 0.3 all but one of them, late, with 1 all, soon.</summary>
    public static IReadOnlyList<RivalSample> Runs { get; } =
    [
        .. Enumerable.Range(0, 3).Select(seed => new RivalSample(seed, 0.1) { Middle = null }),
        new(0, 0.3), new(1, 0.3) { Middle = 8, Ahead = 3 }, new(2, 0.3) { Middle = null },
        .. Enumerable.Range(0, 3).Select(seed => new RivalSample(seed, 1) { Middle = 5, Ahead = 1 }),
    ];

    /// <summary>What is said of the measures: name, account, lead (null: none), correlation, that within a weight decay, area.</summary>
    public static IReadOnlyList<(string Name, string Account, (double Steps, double Factor)? Lead, double? Rank, double? Within, double? Area)> Rows { get; } =
    [
        ("restricted_loss", "Nanda et al. (2023)", (16, 2), -0.9, -0.1, 0.95),
        ("weight_norm", "Omnigrok", (-10, 0.5), 0.6, 0.55, 0.1),
        ("rqi", "section 3.1", null, null, null, 0.5),
        ("charm_of_weights", "somebody's", null, 0.2, -0.3, 0.4),
    ];

    public static void Write(TemporaryFolder folder, IReadOnlyList<RivalSample> runs, bool hasRivals = true, string charm = "charm_of_weights")
    {
        WriteRuns(folder.Inner("train"), runs);
        WriteAnalysis(folder.Inner("analyze"), runs);
        WriteSignatures(folder.Inner("analyze"), runs);
        if (hasRivals) WriteRivals(folder.Inner("analyze"), runs, charm);
    }

    private static void WriteRuns(string folder, IReadOnlyList<RivalSample> runs)
    {
        using var table = SampleTables.Table("runs", ["run"],
            ("run", ColumnType.Text), ("recipe", ColumnType.Text), ("seed", ColumnType.Int64), ("convention", ColumnType.Text), ("p", ColumnType.Int64), ("decoder_weight_decay", ColumnType.Float64),
            ("phase", ColumnType.Text), ("train_accuracy_step", ColumnType.Int64), ("validation_accuracy_step", ColumnType.Int64), ("executed_steps", ColumnType.Int64));
        foreach (var run in runs)
        {
            table.Append(run.Id).Append(run.Recipe).Append((long?)run.Seed).Append("paper").Append(59L).Append((double?)run.WeightDecay)
                .Append("grokking").Append(run.TrainStep).Append(run.ValidationStep).Append((long?)RivalSample.Checkpoints[^1]).EndRow();
        }

        table.Write(Path.Combine(folder, "runs.parquet"));
    }

    private static void WriteAnalysis(string folder, IReadOnlyList<RivalSample> runs)
    {
        using var table = SampleTables.Table("analysis", ["run", "step"],
            [("run", ColumnType.Text), ("step", ColumnType.Int64), .. runs[0].At(0).Select(value => (value.Column, ColumnType.Float64))]);
        foreach (var run in runs)
        {
            foreach (var (u, step) in RivalSample.Checkpoints.Index())
            {
                table.Append(run.Id).Append((long?)step);
                foreach (var (_, value) in run.At(u)) table.Append((double?)value);
                table.EndRow();
            }
        }

        table.Write(Path.Combine(folder, "analysis.parquet"));
    }

    private static void WriteSignatures(string folder, IReadOnlyList<RivalSample> runs)
    {
        using var table = SampleTables.Table("signatures", ["run"],
            ("run", ColumnType.Text), ("train_midpoint", ColumnType.Float64), ("validation_midpoint", ColumnType.Float64), ("loss_spikes", ColumnType.Float64));
        foreach (var run in runs) table.Append(run.Id).Append(2.0).Append((double?)(run.Middle is { } u ? RivalSample.Checkpoints[u] : null)).Append((double?)run.Seed).EndRow();
        table.Write(Path.Combine(folder, "signatures.parquet"));
    }

    private static void WriteRivals(string folder, IReadOnlyList<RivalSample> runs, string charm)
    {
        using var table = SampleTables.Table("rivals", ["recipe", "measure"],
        [
            ("recipe", ColumnType.Text), ("measure", ColumnType.Text), ("account", ColumnType.Text), ("lead_runs", ColumnType.Int32),
            .. ((string[])["lead_steps", "lead_low", "lead_high", "lead_factor", "lead_share"]).Select(name => (name, ColumnType.Float64)), ("runs", ColumnType.Int32),
            .. ((string[])["rank_correlation", "rank_low", "rank_high", "within_correlation"]).Select(name => (name, ColumnType.Float64)), ("generalising", ColumnType.Int32),
            .. ((string[])["auc", "auc_low", "auc_high"]).Select(name => (name, ColumnType.Float64)),
        ]);
        var generalising = runs.Count(run => run.Middle is not null);
        foreach (var row in Rows)
        {
            var lead = generalising > 0 ? row.Lead : null;
            var (rank, area) = (generalising > 0 ? row.Rank : null, generalising > 0 ? row.Area : null);
            var half = row.Area == 0.5 ? 0 : 0.05;
            table.Append(runs[0].Recipe).Append(row.Name == "charm_of_weights" ? charm : row.Name).Append(row.Account);
            table.Append((int?)(lead is null ? 0 : generalising)).Append(lead?.Steps).Append(lead?.Steps - 5).Append(lead?.Steps + 5).Append(lead?.Factor).Append(lead is null ? null : lead.Value.Factor > 1 ? 1.0 : 0.0)
                .Append((int?)runs.Count).Append(rank).Append(rank - 0.25).Append(rank + 0.25).Append(rank is null ? null : row.Within).Append((int?)generalising).Append(area).Append(area - half).Append(area + half).EndRow();
        }

        table.Write(Path.Combine(folder, "rivals.parquet"));
    }
}
