using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Reads runs one after the other, with each table opened once.</summary>
internal sealed class RunReader : IDisposable
{
    private readonly QueryEngine _engine = new(threads: 1);
    private readonly CancellationToken _cancellation;
    private readonly TableFile? _analysis;
    private readonly TableFile? _components;
    private readonly TableFile? _maps;
    private readonly HashSet<string> _planar;
    private readonly HashSet<string> _mapped;
    private readonly TableFile _curves;
    private readonly ReportInput _input;
    private TableFile? _embeddings;

    /// <exception cref="GoldilocksException">A table is missing or no Parquet file.</exception>
    public RunReader(ReportInput input, CancellationToken cancellation)
    {
        (_input, _cancellation) = (input, cancellation);
        _curves = TableFile.Open(_engine, input.TrainFolder, "curves", "train");
        TableFile? Analyzed(string table) => input.AnalyzeFolder is { } folder ? TableFile.TryOpen(_engine, folder, table) : null;
        (_analysis, _components, _maps) = (Analyzed("analysis"), Analyzed("components"), Analyzed("decoder_map"));
        (_planar, _mapped) = (Runs(_components, "WHERE component >= 2"), Runs(_maps, ""));
    }

    /// <summary>Everything recorded of one run.</summary>
    /// <exception cref="GoldilocksException">A table is missing, damaged or of another schema.</exception>
    public RunDetail Read(RunRow run) => ReportData.Detail(_curves, () => Embeddings, _analysis, run, _cancellation);

    /// <summary>Ways to look at its embedding, and the decoder's map where there is one.</summary>
    /// <exception cref="GoldilocksException">A table is damaged or of another schema.</exception>
    public (IReadOnlyList<EmbeddingView> Views, DecoderMap? Map) Views(RunDetail run)
    {
        var map = _mapped.Contains(run.Row.Id) ? DecoderMap.Read(_maps!, run.Row, _cancellation) : null;
        EmbeddingView[] direct = [.. EmbeddingView.Direct(run, map)];
        return direct.Length > 0 || !_planar.Contains(run.Row.Id) ? (direct, map) : ([.. EmbeddingView.Principal(Components(run.Row, "own"), Components(run.Row, "final"))], map);
    }

    public void Dispose() => _engine.Dispose();

    private TableFile? Embeddings => _embeddings ??= TableFile.TryOpen(_engine, _input.TrainFolder, "embeddings");

    /// <summary>The runs that a table tells of.</summary>
    private HashSet<string> Runs(TableFile? table, string condition) =>
        table is null ? [] : [.. table.Compute(["run"], "DISTINCT run AS run", condition, _cancellation).Select(row => row.Words("run"))];

    private EmbeddingHistory Components(RunRow run, string axes) => ReportData.ReadEmbeddings(
        _components!, $"WHERE run = {SqlText.Literal(run.Id)} AND axes = {SqlText.Literal(axes)} AND component <= 2", 2, _cancellation, index: "component");
}
