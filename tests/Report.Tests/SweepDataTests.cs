using System.Text;
using System.Text.Json.Nodes;
using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

/// <summary>What the page of a sweep holds, beside the tables.</summary>
public sealed class SweepDataTests
{
    private const int Default = 6_000_000;

    [Fact]
    public void Steps_and_settings_are_those_of_the_table()
    {
        SweepRun[] runs = [.. SweepRun.Map(seeds: 3).Where((_, i) => i % 7 != 2)];
        var (data, rows, _) = Write(runs);
        Assert.Equal(["decoder_lr", "decoder_weight_decay", "seed"], data["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!));
        Assert.Equal(rows.Select(row => row.ShortId), data["ids"]!.AsArray().Select(id => (string)id!));
        Assert.Equal(rows.Select(row => row.TrainStep), Whole(data["train"]!));
        Assert.Equal(rows.Select(row => row.ValidationStep), Whole(data["validation"]!));
        Assert.Contains(null, Whole(data["validation"]!));
        foreach (var parameter in data["parameters"]!.AsArray())
        {
            var labels = parameter!["labels"]!.AsArray();
            var found = Whole(parameter["places"]!).Select(place => (string)labels[(int)place!]!);
            Assert.Equal(rows.Select(row => Numbers.Parameter(row.RealNumber((string)parameter["name"]!))), found);
        }

        var rule = Assert.Single(data["rules"]!.AsArray())!;
        Assert.Equal("""{"train":0.9,"validation":0.9,"inclusive":true,"gap":1000,"budget":10000}""", rule.ToJsonString());
    }

    [Fact]
    public void Curves_are_those_of_the_table_to_the_last_sample()
    {
        SweepRun[] runs = [.. SweepRun.Map().Take(40), .. SweepRun.Map(2).Skip(176).Take(9).Select(run => run with { Steps = 4321 })];
        var (data, rows, _) = Write(runs);
        var byId = runs.ToDictionary(run => run.Id);
        for (var i = 0; i < rows.Count; i++)
        {
            var run = byId[rows[i].Id];
            var curve = data["curves"]![i]!.AsArray();
            long[] steps = [.. Whole(data["grids"]![(int)curve[0]!]!).Take((int)curve[1]!).Select(step => step!.Value), (long)curve[2]!];
            Assert.Equal(SweepCurveTables.Steps(run), steps);
            Assert.Equal((SweepCurveTables.TrainPairs, SweepCurveTables.ValidationPairs), ((int)curve[3]![0]!, (int)curve[4]![0]!));
            Assert.Equal(steps.Select(step => SweepCurveTables.Trained(run, step)), Convert.FromBase64String((string)curve[3]![1]!).Select(count => (int)count));
            Assert.Equal(steps.Select(step => SweepCurveTables.Validated(run, step)), Convert.FromBase64String((string)curve[4]![1]!).Select(count => (int)count));
        }

        // Runs that end early share the grid of the others.
        Assert.Single(data["grids"]!.AsArray());
    }

    [Fact]
    public void Without_room_for_all_curves_every_cell_has_its_first_seeds()
    {
        SweepRun[] runs = [.. SweepRun.Map(seeds: 3)];
        var (whole, _, _) = Write(runs);
        var letters = whole["curves"]!.AsArray().Sum(Letters);
        var (data, rows, count) = Write(runs, letters / 2);
        var written = data["curves"]!.AsArray();
        Assert.InRange(written.Sum(Letters), letters / 2 * 0.95, letters / 2);
        Assert.Equal(written.Count(curve => curve is not null), count);
        Assert.All(rows.Select((row, i) => (row, i)).Where(pair => pair.row.Seed == 0), pair => Assert.NotNull(written[pair.i]));
        Assert.All(rows.Select((row, i) => (row, i)).Where(pair => pair.row.Seed == 2), pair => Assert.Null(written[pair.i]));
        Assert.InRange(count, 177, 351);
    }

    [Fact]
    public void Thinned_steps_keep_both_ends_and_leave_no_gap_on_either_axis()
    {
        long[] steps = [.. Enumerable.Range(0, 10_001).Select(i => 10L * i)];
        var thinned = SweepCurves.Thinned(steps);
        Assert.InRange(thinned.Count, 100, SweepCurves.MostSteps);
        Assert.Equal((0, 100_000), (thinned[0], thinned[^1]));
        Assert.Empty(thinned.Except(steps));
        Assert.Equal(thinned.Order().Distinct(), thinned);
        Assert.All(thinned.Zip(thinned.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 1300));
        // From step 100 on, where one in ten is recorded, a factor of 1.16 is a 79th of the axis from 1 to 100,001.
        Assert.All(thinned.Where(step => step >= 100).Zip(thinned.Where(step => step >= 100).Skip(1)), pair => Assert.InRange((double)pair.Second / pair.First, 1, 1.3));
        Assert.Same(thinned, SweepCurves.Thinned(thinned));
    }

    [Theory]
    [InlineData(1, 500_000)]
    [InlineData(17, 3_000_000)]
    public void A_page_stays_small(int seeds, int most)
    {
        using var folder = new TemporaryFolder();
        SweepRun[] runs = [.. SweepRun.Map(seeds)];
        SweepTables.Write(folder.Inner("train"), runs);
        SweepCurveTables.Write(folder.Inner("train"), runs);
        using var engine = new QueryEngine(threads: 1);
        var sweep = Sweep.Of(ReportData.ReadRuns(engine, folder.Inner("train"), CancellationToken.None))!;
        var input = SweepTables.Input(folder);
        var page = new SweepPage(input, sweep, SweepCurves.Read(engine, folder.Inner("train"), CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write();
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 20_000, most);

        // Links lead to pages that exist.
        Assert.Contains($"\"pages\":{Math.Min(runs.Length, RunPages.Most)},", page, StringComparison.Ordinal);
        Assert.Equal(runs.Length > RunPages.Most, page.Contains("The first 400 runs, those with the lowest seeds, have pages of their own.", StringComparison.Ordinal));
        Assert.Equal(sweep.Runs.Take(RunPages.Most), RunPages.Of(input, sweep.Runs));
    }

    [Fact]
    public void Settings_that_go_together_count_once()
    {
        SweepRun[] runs = [.. Enumerable.Range(0, 4).Select(i => new SweepRun(1e-3, 0, i) { EmbeddingLr = Math.Pow(10, i - 6) })];
        Assert.Equal("embedding_lr", Assert.Single(Sweep.Of(SweepTables.Read(runs))!.Parameters).Parameter);
        Assert.Equal("seed", Assert.Single(Sweep.Of(SweepTables.Read(new SweepRun(1e-3, 0), new SweepRun(1e-3, 0, 1)))!.Parameters).Parameter);
        Assert.Null(Sweep.Of(SweepTables.Read(new SweepRun(1e-3, 0))));
    }

    private static (JsonNode Data, IReadOnlyList<RunRow> Rows, int Curves) Write(SweepRun[] runs, int budget = Default)
    {
        using var folder = new TemporaryFolder();
        SweepTables.Write(folder.Inner("train"), runs);
        SweepCurveTables.Write(folder.Inner("train"), runs);
        using var engine = new QueryEngine(threads: 1);
        var sweep = Sweep.Of(ReportData.ReadRuns(engine, folder.Inner("train"), CancellationToken.None))!;
        var data = new SweepData(sweep, SweepCurves.Read(engine, folder.Inner("train"), CancellationToken.None), "./goldilocks run sweep", budget);
        return (JsonNode.Parse(data.Write().ToJsonString())!, sweep.Runs, data.CurveCount);
    }

    private static IEnumerable<long?> Whole(JsonNode values) => values.AsArray().Select(value => (long?)value);

    private static int Letters(JsonNode? curve) => curve is null ? 0 : ((string)curve[3]![1]!).Length + ((string)curve[4]![1]!).Length;
}
