using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The figures of the paper that a report can draw.</summary>
internal static class PaperFigures
{
    private static readonly (string Id, Func<ReportInput, QueryEngine, IReadOnlyList<RunRow>, CancellationToken, PaperFigure> Make)[] All =
    [
        ("fig1", Figure1.Read),
        ("fig2", Figure2.Read),
        ("fig3", Figure3.Read),
        ("fig4", Figure4.Read),
        ("fig5", Figure5.Read),
        ("fig7a", Figure7a.Read),
        ("fig7b", Figure7b.Read),
        ("fig8", Figure8.Read),
        ("fig20", Figure20.Read),
        ("blog", BlogFigure.Read),
        ("phases", PhaseFigure.Read),
        ("rivals", RivalFigure.Read),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(known => known.Id)];

    /// <summary>Reads the tables of the figure that the input asks for.</summary>
    /// <exception cref="GoldilocksException">The figure is unknown, or a table that it needs is missing or of another schema.</exception>
    public static PaperFigure Read(ReportInput input, CancellationToken cancellation)
    {
        var figure = Array.Find(All, known => known.Id == input.Figure);
        if (figure.Make is null) throw new GoldilocksException($"there is no figure \"{input.Figure}\". {Suggest.Hint(input.Figure!, All.Select(known => known.Id))}");
        using var engine = new QueryEngine(threads: 1);
        return figure.Make(input, engine, ReportData.ReadRuns(engine, input.TrainFolder, cancellation), cancellation);
    }
}
