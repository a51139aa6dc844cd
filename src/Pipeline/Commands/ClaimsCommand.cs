using System.CommandLine;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks claims</c>: the paper's claims against our tables.</summary>
internal static class ClaimsCommand
{
    public const string Examples = """
          goldilocks claims                    every claim of claims.yml: holds, fails, or not run
          goldilocks claims --preset full      by the results of the full presets
          goldilocks claims --json | jq '.claims[] | {id, verdict, values}'
        """;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var command = new Command("claims", "Put the paper's claims to the tables of pipelines that have run. Exit code 3 when one that is recorded as holding does not.")
        {
            options.Preset, options.Artifacts, options.File, options.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var workspace = options.Workspace(parsed);
            var file = PipelineFile.Read(workspace.File, [.. stages.Select(stage => stage.Name)]);
            var writers = parsed.InvocationConfiguration;
            var verdicts = Judge(Read(workspace, file), file, new Planner(stages, workspace.Artifacts), parsed.GetRequiredValue(options.Preset), cancellation);
            if (parsed.GetValue(options.Json)) StateJson.Write(writers.Output, VerdictText.Json(verdicts));
            else VerdictText.Write(writers.Output, verdicts);
            return Task.FromResult(Conclude(verdicts, writers.Error));
        });
        return command;
    }

    /// <summary>The ledger beside pipelines.yml.</summary>
    public static IReadOnlyList<Claim> Read(Workspace workspace, PipelineFile file) => ClaimsFile.Read(Ledger(workspace), file);

    /// <summary>Whether there is one: pipelines of one's own need none.</summary>
    public static bool HasLedger(Workspace workspace) => File.Exists(Ledger(workspace));

    /// <summary>The verdicts by the results of a preset; pipelines that do not have it speak through their own.</summary>
    public static IReadOnlyList<Verdict> Judge(IReadOnlyList<Claim> claims, PipelineFile file, Planner planner, string preset, CancellationToken cancellation)
    {
        var names = claims.SelectMany(claim => claim.Pipelines).Distinct().Select(name => file.WithPreset(name, preset).Name).ToArray();
        using var ledger = new Ledger(planner.Plan(file, names, []));
        return [.. claims.Select(claim => ledger.Judge(claim, cancellation))];
    }

    private static string Ledger(Workspace workspace) => Path.Combine(Path.GetDirectoryName(workspace.File)!, ClaimsFile.FileName);

    public static int Conclude(IReadOnlyList<Verdict> verdicts, TextWriter error)
    {
        foreach (var verdict in verdicts.Where(verdict => verdict.IsBroken)) error.WriteLine($"error: {verdict.Claim.Id} is recorded as holding and does not: {VerdictText.Values(verdict)}.");
        foreach (var verdict in verdicts.Where(verdict => verdict.IsSurprise)) error.WriteLine($"note: {verdict.Claim.Id} is recorded as failing and holds here. If it keeps doing so, {ClaimsFile.FileName} should say so.");
        return verdicts.Any(verdict => verdict.IsBroken) ? ExitCodes.Mismatch : ExitCodes.Success;
    }
}
