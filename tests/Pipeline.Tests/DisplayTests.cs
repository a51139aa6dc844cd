using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline.Tests;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(7800, "2 h 10 min")]
    public void Durations_are_short(double seconds, string expected) => Assert.Equal(expected, Short.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Values_are_as_people_write_them() =>
        Assert.Equal("a: text, b: 0.0001, c: true, d: null, e: [1,2]", Short.Configuration(
            JsonNode.Parse("""{"a":"text","b":1e-4,"c":true,"d":null,"e":[1,2]}""")!.AsObject()));

    [Fact]
    public void Plain_progress_is_at_most_a_line_every_few_seconds()
    {
        var clock = new ManualClock();
        using var output = new StringWriter();
        new PlainDisplay(output, TextWriter.Null, clock).Track("  train", progress =>
        {
            for (var step = 0; step < 100; step++)
            {
                progress.Report(new StageProgress(step / 100.0, $"step {step}/100"));
                clock.Advance(TimeSpan.FromSeconds(0.1));
            }

            return 0;
        });
        Assert.Equal("  train: 50 % step 50/100\n", output.ToString());
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
