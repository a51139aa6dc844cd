namespace Goldilocks.Report;

/// <summary>Which figures a run has.</summary>
internal static class FigureSet
{
    /// <param name="data">The tables.</param>
    /// <param name="command">Ends every caption.</param>
    public static IReadOnlyList<Figure> Create(ReportData data, string command)
    {
        var run = data.First;
        var group = new RunGroup([run.Row]);
        var (identity, provenance) = (group.Identity, group.Provenance(command));
        var figures = new List<Figure>
        {
            new AccuracyFigure(run) { Identity = identity, Provenance = provenance },
            new LossFigure(run) { Identity = identity, Provenance = provenance },
        };
        var drawn = run.Embeddings is { Symbols: > 1, IsVisible: true };
        if (drawn && run.Embeddings.Dimension == 1)
        {
            if (run.Embeddings.Symbols <= SnapshotFigure.MostSymbols) figures.Add(new SnapshotFigure(run) { Identity = identity, Provenance = provenance });
            figures.Add(new EmbeddingFigure(run) { Identity = identity, Provenance = provenance });
        }
        else if (drawn)
        {
            figures.Add(new PlaneFigure(run) { Identity = identity, Provenance = provenance });
        }

        if (run.Row.HasRqi) figures.Add(new RqiFigure(run) { Identity = identity, Provenance = provenance });
        if (run.EffectiveDimension.Steps.Count > 0)
            figures.Add(new EffectiveDimensionFigure(run.Row, run.EffectiveDimension, "in training") { Identity = identity, Provenance = provenance });
        else if (run.Row.Dimension > 1 && run.Analysis is { } analysis && analysis.Any(row => row.EffectiveDimension is not null))
            figures.Add(new EffectiveDimensionFigure(run.Row, new Curve([.. analysis.Select(row => row.Step)], [.. analysis.Select(row => row.EffectiveDimension ?? double.NaN)]), "on the exported checkpoints") { Identity = identity, Provenance = provenance });
        return figures;
    }
}
