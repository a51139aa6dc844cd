using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Pipeline;

/// <summary>Puts claims to the tables of pipelines that have run.</summary>
internal sealed class Ledger : IDisposable
{
    private const string Answer = "claim holds";

    private readonly QueryEngine _engine = new();
    private readonly Dictionary<string, (bool Ran, bool Current)> _states = new(StringComparer.Ordinal);

    /// <summary>Opens the tables of the planned pipelines; a preset goes by its pipeline's name.</summary>
    public Ledger(IEnumerable<PlannedPipeline> pipelines)
    {
        foreach (var pipeline in pipelines)
        {
            var states = StageInspector.Inspect(pipeline, force: false);
            var name = pipeline.Name.Split('.')[0];
            _states[name] = (states.All(one => one.State.Manifest is not null), states.All(one => one.State.UpToDate));
            if (!_states[name].Ran) continue;
            foreach (var stage in pipeline.Stages) _engine.RegisterFolder(name, stage.Folder);
        }
    }

    /// <exception cref="GoldilocksException">The claim's SQL is wrong, or gives not exactly one row.</exception>
    public Verdict Judge(Claim claim, CancellationToken cancellation)
    {
        var missing = claim.Pipelines.Where(name => !_states.GetValueOrDefault(name).Ran).ToArray();
        if (missing.Length > 0) return new Verdict(claim, null, [], missing, []);
        QueryResult result;
        try
        {
            result = _engine.Query($"SELECT *, CAST(({claim.Condition}\n) AS BOOLEAN) AS \"{Answer}\" FROM ({claim.Query.TrimEnd(';')}\n)", cancellation);
        }
        catch (GoldilocksException e)
        {
            throw new LocatedException(claim.Where, $"claim {claim.Id}: {e.Message}", e);
        }

        if (result.RowCount != 1) throw new LocatedException(claim.Where, $"claim {claim.Id}: its query gives {result.RowCount} rows; exactly one is needed.");
        var values = result.Columns.SkipLast(1).Select(column => KeyValuePair.Create(column.Name, column[0])).ToArray();
        var stale = claim.Pipelines.Where(name => !_states[name].Current).ToArray();

        // Unknown is not true: a missing value cannot support a claim.
        return new Verdict(claim, result.Columns[^1][0] is true, values, [], stale);
    }

    public void Dispose() => _engine.Dispose();
}
