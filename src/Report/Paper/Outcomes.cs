using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Reads the outcome of every run: ONNX Runtime's where it analysed all last checkpoints, otherwise the trainer's.</summary>
/// <param name="Runs">By seed, as in the table of runs.</param>
/// <param name="Source">Whose accuracies these are, in words.</param>
internal sealed record Outcomes(IReadOnlyList<Outcome> Runs, string Source)
{
    /// <exception cref="GoldilocksException">A table is damaged, or no accuracy over all pairs is at hand.</exception>
    public static Outcomes Read(ReportInput input, QueryEngine engine, RunGroup runs, CancellationToken cancellation)
    {
        var rows = new Dictionary<(string, long), TableRow>();
        string[] measures = ["accuracy", "predicted_accuracy", "ideal_accuracy"];
        if (input.AnalyzeFolder is { } folder && TableFile.TryOpen(engine, folder, "analysis") is { } table && Array.TrueForAll(measures, table.Has))
        {
            foreach (var row in table.Rows(["run", "step", .. measures], [], "WHERE run IS NOT NULL AND step IS NOT NULL", cancellation))
                rows[(row.Words("run"), row.WholeNumber("step"))] = row;
        }

        var analysed = runs.Runs.Select(run => rows.GetValueOrDefault((run.Id, run.Steps)) is { } row && measures.All(measure => row.Number(measure) is not null) ? row : null).ToArray();
        if (Array.TrueForAll(analysed, row => row is not null))
        {
            Outcome[] outcomes = [.. runs.Runs.Select((run, i) => new Outcome(run, analysed[i]!.RealNumber("accuracy"), analysed[i]!.RealNumber("predicted_accuracy"), analysed[i]!.RealNumber("ideal_accuracy")))];
            var same = outcomes.Count(outcome => outcome.Run.Number("final_accuracy") is { } trainer && Math.Abs(trainer - outcome.Accuracy) < 1e-9);
            return new Outcomes(outcomes, $"Accuracies are those that ONNX Runtime finds for the exported models; they equal the trainer's in {Numbers.Of(same, outcomes.Length)} runs.");
        }

        return new Outcomes(
            [.. runs.Runs.Select(run => new Outcome(run, run.RealNumber("final_accuracy"), run.RealNumber("final_predicted_accuracy"), run.RealNumber("ideal_accuracy")))],
            "Accuracies are the trainer's own: not every run has an analysis of its last checkpoint by ONNX Runtime.");
    }
}
