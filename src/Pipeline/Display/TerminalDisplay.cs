using Spectre.Console;

namespace Goldilocks.Pipeline;

/// <summary>A live progress bar per stage. Only built when standard output is a terminal.</summary>
internal sealed class TerminalDisplay(TextWriter output, TextWriter error) : IDisplay
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    public void Line(string text) => output.WriteLine(text);

    public void Error(string text) => error.WriteLine(text);

    public T Track<T>(string title, Func<IProgress<StageProgress>, T> work) =>
        _console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask(Markup.Escape(title), maxValue: 1), title)));

    private sealed class Bar(ProgressTask task, string title) : IProgress<StageProgress>
    {
        private readonly Lock _gate = new();

        public void Report(StageProgress value)
        {
            lock (_gate)
            {
                task.Value = Math.Clamp(value.Fraction, 0, 1);
                task.Description = Markup.Escape(value.Message.Length == 0 ? title : $"{title} {value.Message}");
            }
        }
    }
}
