using System.CommandLine;
using System.CommandLine.Help;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>The <c>goldilocks</c> command tree: the pipeline's verbs and whatever the rooms bring along.</summary>
internal static class RootCommandBuilder
{
    private const string Examples = """
          ./goldilocks run              train, export, analyse and report: the quickstart
          ./goldilocks reproduce        the figures of the paper, and a verdict on each of its claims
          ./goldilocks report           the pages of all that has run, with an overview: artifacts/index.html
          ./goldilocks status           what is up to date, what would run, and why
          ./goldilocks verify           is everything on disk what was computed?

        Exit codes: 0 fine, 1 a stage failed, 2 wrong usage or input, 3 verification mismatch, 75 terminated and resumable, 130 interrupted (resumable).
        """;

    /// <param name="stages">In an order in which each comes after its inputs.</param>
    /// <param name="extraCommands">Mounted beside the pipeline's verbs: query, bench, and the rooms' own commands.</param>
    public static RootCommand Create(IReadOnlyList<IStage> stages, IEnumerable<Command> extraCommands)
    {
        var options = new CommonOptions();
        var run = RunCommand.Create(options, stages);
        var watch = WatchCommand.Create(options, stages);
        var status = StatusCommand.Create(options, stages);
        var verify = VerifyCommand.Create(options, stages);
        var clean = CleanCommand.Create(options);
        var claims = ClaimsCommand.Create(options, stages);
        var reproduce = ReproduceCommand.Create(options, stages);
        var report = ReportCommand.Create(options, stages);
        var shard = ShardCommand.Create(options);
        var root = new RootCommand("Goldilocks: a laboratory for grokking. Trains tiny networks, exports them to ONNX, measures their representations, draws a report.")
        {
            run, watch, status, DagCommand.Create(options, stages), ListCommand.Create(options, stages), verify, clean, report, reproduce, claims, shard,
        };
        foreach (var command in extraCommands) root.Add(command);

        var help = root.Options.OfType<HelpOption>().Single();
        var action = new HelpWithExamples((HelpAction)help.Action!, new Dictionary<Command, string>
        {
            [root] = Examples,
            [run] = RunCommand.Examples,
            [watch] = WatchCommand.Examples,
            [status] = StatusCommand.Examples,
            [verify] = VerifyCommand.Examples,
            [clean] = CleanCommand.Examples,
            [claims] = ClaimsCommand.Examples,
            [report] = ReportCommand.Examples,
            [reproduce] = ReproduceCommand.Examples,
            [shard] = ShardCommand.Examples,
        });
        help.Action = action;
        root.SetAction(parsed =>
        {
            action.Invoke(parsed);
            return ExitCodes.Usage;
        });
        return root;
    }
}
