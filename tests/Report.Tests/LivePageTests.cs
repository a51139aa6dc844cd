using System.Text.Json.Nodes;

namespace Goldilocks.Report.Tests;

/// <summary>The page of a run in training, and its news.</summary>
public sealed class LivePageTests
{
    private const string Attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)><!-- & 日本";

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Texts_cannot_become_markup(int states)
    {
        var run = Record(states, LiveStatus.Training, [new("recipe", Attack), new("seed", 1L), new("embedding_dimension", 1L), new("loss", Attack)]);
        var page = LivePage.Write(new LiveSession(Attack, Attack, LiveStage.Done, Attack, HasReport: true, [run.Run]), run, out var policy);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_of_reports_may_ask_nobody()
    {
        new PageShell("A page").Write("", "", default, default, out var policy);
        Assert.DoesNotContain("connect-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_growing_run_has_shown_stays_in_place_or_disappears()
    {
        long[] before = [];
        for (var states = 100; states < 6000; states += 137)
        {
            var document = News(Record(states, LiveStatus.Training))["document"]!;
            var steps = Steps(document["charts"]![0]!["series"]![0]!);
            Assert.InRange(steps.Length, Math.Min(states, 300), 600);
            Assert.Equal((0, states - 1), (steps[0], steps[^1]));
            if (before.Length > 0) Assert.Empty(steps.Where(step => step < before[^1]).Except(before));
            Assert.InRange(Steps(document["views"]![0]!).Length, 2, 320);
            before = steps;
        }
    }

    [Fact]
    public void News_hold_the_run_only_where_it_has_gone_on()
    {
        var run = Record(20, LiveStatus.Training);
        Assert.NotNull(News(run, after: run.Version - 1)["document"]);
        Assert.Null(News(run, after: run.Version)["document"]);
        Assert.Null(News(Record(1, LiveStatus.Training))["document"]);
        Assert.Equal("After 19 steps the network gives the right answer for 50 % of its 45 training pairs, and 50 % of the 10 pairs it had never been shown.", News(run)["head"]!["lead"]!.GetValue<string>().Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData(LiveStage.Training, LiveStatus.Training, 0, "This run is in training.")]
    [InlineData(LiveStage.Training, LiveStatus.Training, 1, "This run is in training. 1 other run is, too: choose it to watch.")]
    [InlineData(LiveStage.Training, LiveStatus.Finished, 3, "This run is finished. 3 other runs are in training: choose one to watch.")]
    [InlineData(LiveStage.Training, LiveStatus.Failed, 0, "This run has failed; the terminal says why.")]
    [InlineData(LiveStage.Trained, LiveStatus.Finished, 0, "Training is over. The report is being made, and will lie at")]
    [InlineData(LiveStage.Done, LiveStatus.Finished, 0, "Training is over. The report lies at")]
    [InlineData(LiveStage.Failed, LiveStatus.Finished, 0, "Something went wrong; the terminal says what.")]
    public void How_it_stands_is_said_in_words(LiveStage stage, LiveStatus status, int others, string expected)
    {
        var run = new LiveRun("aa", [], status);
        var session = new LiveSession("", "", stage, "", HasReport: true, [run, .. Enumerable.Range(0, others).Select(i => new LiveRun($"b{i}", [], LiveStatus.Training))]);
        Assert.Equal(expected, LiveWords.Standing(session, run));
    }

    [Fact]
    public void Runs_are_called_by_seed_and_by_what_differs()
    {
        LiveRun Run(string id, long seed, double rate) => new(id, [new("recipe", "toy-addition"), new("decoder_lr", rate), new("seed", seed)], LiveStatus.Training);
        LiveRun[] all = [Run("0123456789abcdef", 1, 0.001), Run("1123456789abcdef", 1, 0.01)];
        Assert.Equal("0123456789ab, seed 1, decoder_lr 0.001", LiveWords.Name(all[0], all));
        Assert.Equal("0123456789ab, seed 1", LiveWords.Name(all[0], [all[0]]));
    }

    private static JsonNode News(LiveRecord run, long? after = null) => JsonNode.Parse(LivePage.News(new LiveSession("", "", LiveStage.Training, "", HasReport: true, [run.Run]), run, after))!;

    internal static LiveRecord Record(int states, LiveStatus status, IReadOnlyList<KeyValuePair<string, object?>>? settings = null) => new()
    {
        Run = new LiveRun("0123456789abcdef", settings ?? [new("recipe", "toy-addition"), new("seed", 1L), new("p", 10L), new("train_samples", 45L), new("pairs", "unordered"), new("embedding_dimension", 1L), new("steps", 6000L)], status),
        Version = 7,
        Results = [new("phase", "in training"), new("executed_steps", (long)Math.Max(states - 1, 0))],
        Points = [.. Enumerable.Range(0, states).SelectMany(step => (LivePoint[])[new(step, "train", "accuracy", 0.5), new(step, "validation", "accuracy", 0.5)])],
        EmbeddingSteps = [.. Enumerable.Range(0, states).Select(step => (long)step)],
        Embeddings = [.. Enumerable.Range(0, states).SelectMany(step => Enumerable.Range(0, 10).Select(symbol => (float)(symbol + step)))],
    };

    private static long[] Steps(JsonNode series) => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(series["steps"]!.GetValue<string>())).ToArray().Select(step => (long)step)];
}
