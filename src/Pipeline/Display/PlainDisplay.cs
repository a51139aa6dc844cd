using System.Globalization;

namespace Goldilocks.Pipeline;

/// <summary>Plain lines for files, pipes and CI logs: progress at most every few seconds.</summary>
internal sealed class PlainDisplay(TextWriter output, TextWriter error, TimeProvider clock) : IDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();

    public void Line(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    public void Error(string text)
    {
        lock (_gate) error.WriteLine(text);
    }

    public T Track<T>(string title, Func<IProgress<StageProgress>, T> work) => work(new Lines(this, title, clock));

    private sealed class Lines(PlainDisplay display, string title, TimeProvider clock) : IProgress<StageProgress>
    {
        private readonly Lock _gate = new();
        private long _last = clock.GetTimestamp();

        public void Report(StageProgress value)
        {
            lock (_gate)
            {
                var now = clock.GetTimestamp();
                if (clock.GetElapsedTime(_last, now) < Interval) return;
                _last = now;
            }

            var percent = Math.Clamp(value.Fraction, 0, 1) * 100;
            display.Line(string.Create(CultureInfo.InvariantCulture, $"{title}: {percent:0} % {value.Message}").TrimEnd());
        }
    }
}
