using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>What came out of a set of models.</summary>
/// <param name="Rows">Ordered by run, step and model.</param>
/// <param name="Failures">One per model that could not be read or run, in the order of the files.</param>
/// <param name="Sessions">ONNX Runtime sessions made.</param>
/// <param name="Times">Processor time by measure, and of reading and running the models.</param>
internal sealed record Analysis(IReadOnlyList<AnalysisRow> Rows, IReadOnlyList<GoldilocksException> Failures, int Sessions, IReadOnlyDictionary<string, TimeSpan> Times)
{
    public AnalyzeResult Summary
    {
        get
        {
            var differences = Rows.Select(row => row["output_difference"]).Where(difference => difference is not null).ToArray();
            return new AnalyzeResult(
                Rows.Count,
                Rows.Where(row => row.Run is not null).Select(row => row.Run).Distinct().Count(),
                Sessions,
                differences.Length,
                differences.Length == 0 ? null : differences.Max());
        }
    }
}
