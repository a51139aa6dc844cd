using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Goldilocks.Native;
using Goldilocks.Report;
using Goldilocks.Train;

namespace Goldilocks.Pipeline.Tests;

/// <summary>What can be watched is what is trained.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task The_state_grows_with_the_training_and_ends_as_the_tables_have_it()
    {
        using var watching = new Watching("width: 200, steps: 40000, record_per_decade: 20, seed: 58, rng: reference, convention: reference");
        var (address, command) = await watching.StartAsync();
        using var client = new HttpClient { BaseAddress = address };
        var lengths = new List<int>();
        JsonNode? last = null;
        var told = "";
        for (var stage = ""; stage != "done";)
        {
            await Task.Delay(30);
            var news = JsonNode.Parse(await client.GetStringAsync(last is null ? "state" : $"state?run={last["run"]}&after={last["version"]}"))!;
            (stage, told) = (news["stage"]!.GetValue<string>(), news["told"]!.GetValue<string>());
            if (news["document"] is null) continue;
            last = news;
            lengths.Add(Numbers(Series(news, "loss", "train")["steps"]!).Length);
        }

        Assert.Equal(0, await command);
        Assert.True(lengths.Count > 2, $"{lengths.Count} states were seen");
        Assert.Equal(lengths.Order(), lengths);
        Assert.True(lengths[0] < lengths[^1]);

        using var engine = new QueryEngine(1);
        engine.RegisterParquet("curves", Path.Combine(watching.TrainFolder, "curves.parquet"));
        engine.RegisterParquet("embeddings", Path.Combine(watching.TrainFolder, "embeddings.parquet"));
        (string Chart, string Name, string Split, string Metric, double Factor)[] all =
        [
            ("accuracy", "train", "train", "accuracy", 100), ("accuracy", "validation", "validation", "accuracy", 100),
            ("loss", "train", "train", "loss", 1), ("loss", "validation", "validation", "loss", 1), ("rqi", "RQI", "all", "rqi", 1),
        ];
        foreach (var (chart, name, split, metric, factor) in all)
        {
            var rows = engine.Query($"SELECT step, value FROM curves WHERE split = '{split}' AND metric = '{metric}' ORDER BY step").Rows;
            var series = Series(last!, chart, name);
            Assert.Equal(rows.Select(row => (float)(long)row[0]!), Numbers(series["steps"]!));
            Assert.Equal(rows.Select(row => (float)(factor * (double)row[1]!)), Numbers(series["values"]!));
        }

        var view = Assert.Single(last!["document"]!["views"]!.AsArray())!;
        Assert.Equal(engine.Query("SELECT DISTINCT step FROM embeddings ORDER BY step").Rows.Select(row => (float)(long)row[0]!), Numbers(view["steps"]!));
        Assert.Equal("1130", last["head"]!["train"]!.GetValue<string>());
        Assert.Equal("comprehension", last["head"]!["phase"]!.GetValue<string>());
        Assert.Equal("Training is over. The tables lie in", told);
    }

    [Fact]
    public async Task Watching_changes_no_byte_and_what_is_up_to_date_is_not_watched()
    {
        const string settings = "width: 20, steps: 2000, seed: {range: [0, 3]}";
        using var watching = new Watching(settings);
        using var alone = new Watching(settings);
        var (address, command) = await watching.StartAsync("--jobs", "2");
        using (var client = new HttpClient { BaseAddress = address })
        {
            while (!command.IsCompleted)
            {
                try
                {
                    await client.GetStringAsync("state");
                }
                catch (HttpRequestException)
                {
                    break;
                }
            }
        }

        Assert.Equal(0, await command);
        Assert.Equal(0, alone.Run("run"));
        foreach (var table in (string[])["runs.parquet", "curves.parquet", "embeddings.parquet"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(alone.TrainFolder, table)), File.ReadAllBytes(Path.Combine(watching.TrainFolder, table)));

        // The same key: what one of the commands has made, the other takes for its own.
        Assert.Equal(0, alone.Run("watch"));
        Assert.Contains("watch: there is nothing to watch, for nothing is to be trained; --force trains again\nwatched: all up to date\n", alone.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_ends_the_server_and_the_process_and_the_training_can_be_taken_up()
    {
        if (OperatingSystem.IsWindows()) return;
        using var watching = new Watching("width: 200, steps: 4000000, record_per_decade: 0");
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(WatchTests).Assembly.Location, "watch", "watched", "--file", watching.YamlPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var line = await child.StandardOutput.ReadLineAsync();
        var address = Watching.AddressIn(line + "\n");
        Assert.NotNull(address);
        using (var client = new HttpClient { BaseAddress = address })
        {
            while (JsonNode.Parse(await client.GetStringAsync("state"))!["run"] is null) await Task.Delay(50);
        }

        using (var kill = Process.Start("kill", ["-INT", $"{child.Id}"])) await kill.WaitForExitAsync();
        await child.StandardOutput.ReadToEndAsync();
        Assert.EndsWith("interrupted: finished work is kept; the same command resumes.\n", await child.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await child.WaitForExitAsync();
        Assert.Equal(130, child.ExitCode);
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(IPAddress.Loopback, address.Port));
        Assert.True(File.Exists(SweepPlan.ShardPathIn(watching.TrainFolder, 0)));
    }

    [Fact]
    public void A_port_that_is_taken_trains_nothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var watching = new Watching("width: 20, steps: 100");
        Assert.Equal(2, watching.Run("watch", "--port", $"{port}"));
        Assert.Equal($"error: --port {port}: another program listens there. Choose another, or leave --port out for one that is free.\n", watching.Output);
        Assert.False(Directory.Exists(watching.TrainFolder));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("http")]
    public void A_port_is_a_number_in_range(string port)
    {
        using var watching = new Watching("width: 20, steps: 100");
        Assert.Equal(2, watching.Run("watch", "--port", port));
        Assert.StartsWith($"error: --port must be a whole number from 1 to 65535, not \"{port}\".\n", watching.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_two_copies_watching_costs_no_memory()
    {
        var (run, trainer) = Begin("toy-addition", "width=20", "steps=50");
        using (trainer)
        {
            trainer.Run(pauseAt: 10);
            run.Recorded(trainer.Record);
            run.Recorded(trainer.Record);
            var before = GC.GetAllocatedBytesForCurrentThread();
            run.Recorded(trainer.Record);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Of_a_large_embedding_only_curves_are_kept_and_the_page_says_so()
    {
        var (run, trainer) = Begin("modular-mlp", "p=7", "embedding_dimension=8", "width=16", "steps=40");
        using (trainer)
        {
            trainer.Run();
            run.Finished(trainer.Record);
        }

        Assert.NotEmpty(trainer.Record.Embeddings);
        Assert.Empty(run.Record.Embeddings);
        var page = LivePage.Write(new LiveSession("Title", "command", LiveStage.Training, "", HasReport: true, [run.Run]), run.Record, out _);
        Assert.Contains("only its curves can be watched: in its embedding each symbol has 8 values", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"embedding\"", page, StringComparison.Ordinal);
    }

    private static (WatchedRun Run, Trainer Trainer) Begin(string recipe, params string[] settings)
    {
        var config = Recipe.Find(recipe).Resolve(settings.Select(setting => KeyValuePair.Create(setting.Split('=')[0], setting.Split('=')[1])));
        var experiment = Recipe.Find(recipe).Create(config);
        return (new WatchedRun(config, experiment), new Trainer(experiment));
    }

    private static JsonNode Series(JsonNode news, string chart, string name) =>
        news["document"]!["charts"]!.AsArray().Single(known => (string)known!["id"]! == chart)!["series"]!.AsArray().Single(known => (string)known!["name"]! == name)!;

    private static float[] Numbers(JsonNode text) => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(text.GetValue<string>())).ToArray();
}
