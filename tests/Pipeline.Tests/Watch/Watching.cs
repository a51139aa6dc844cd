using System.Text.RegularExpressions;
using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

/// <summary>A folder with a pipeline that trains for some seconds, and <c>goldilocks watch</c> at work in it.</summary>
internal sealed partial class Watching : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-watch-").FullName;
    private readonly Lines _output = new();

    public Watching(string settings)
    {
        File.WriteAllText(YamlPath, $$"""
            pipelines:
              watched:
                description: A network <learns> "addition" & more
                train: {recipe: toy-addition, p: 10, train_samples: 45, checkpoints: none, {{settings}}}
            """);
    }

    public string YamlPath => Path.Combine(_folder, "pipelines.yml");

    public string TrainFolder => Path.Combine(_folder, "artifacts", "watched", "train");

    public string Output => _output.ToString();

    /// <summary>The address that a command line has printed.</summary>
    public static Uri? AddressIn(string output) => Printed().Match(output) is { Success: true } match ? new Uri(match.Groups[1].Value) : null;

    /// <summary>Runs the command; the task ends with it.</summary>
    public async Task<(Uri Address, Task<int> Command)> StartAsync(params string[] options)
    {
        var command = Task.Run(() => Run("watch", options));
        for (var i = 0; i < 400; i++)
        {
            if (AddressIn(Output) is { } address) return (address, command);
            await Task.Delay(50);
        }

        throw new InvalidOperationException($"no address: {Output}");
    }

    public int Run(string verb, params string[] options) =>
        CommandHost.RunAsync(RootCommandBuilder.Create([new TrainAdapter()], []), [verb, "watched", "--file", YamlPath, .. options], _output, _output).GetAwaiter().GetResult();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^watch: (http://127\.0\.0\.1:\d+/[\w-]{43}/) \(closed when this command ends\)$", RegexOptions.Multiline)]
    private static partial Regex Printed();

    /// <summary>A writer for several threads.</summary>
    private sealed class Lines : StringWriter
    {
        private readonly Lock _gate = new();

        public override void Write(char value)
        {
            lock (_gate) base.Write(value);
        }

        public override void Write(string? value)
        {
            lock (_gate) base.Write(value);
        }

        public override void WriteLine(string? value)
        {
            lock (_gate) base.WriteLine(value);
        }

        public override string ToString()
        {
            lock (_gate) return base.ToString();
        }
    }
}
