using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>The runs of a sweep, by its one or two parameters.</summary>
internal sealed class PhaseGrid
{
    /// <exception cref="GoldilocksException">The runs vary in no parameter or in more than two, or one has a phase that is not known.</exception>
    public PhaseGrid(IReadOnlyList<RunRow> runs)
    {
        if (runs.FirstOrDefault(run => !PhaseKind.All.Contains(run.Phase)) is { } odd)
            throw new GoldilocksException($"runs.parquet: run {odd.ShortId} has the phase \"{odd.Phase}\"; known are {string.Join(", ", PhaseKind.All)}. Run the train stage again.");
        (Runs, (X, Y)) = (runs, SweepAxes.Of(runs));
        Cells =
        [
            .. runs.GroupBy(run => (Row: Y?.IndexOf(run.Value(Y.Parameter)) ?? 0, Column: X.IndexOf(run.Value(X.Parameter)))).OrderBy(group => group.Key)
                .Select(group => new PhaseCell(group.Key.Column, group.Key.Row, [.. group])),
        ];
    }

    public IReadOnlyList<RunRow> Runs { get; }

    public SweepAxis X { get; }

    /// <summary>Null when only one parameter varies: the map is a strip.</summary>
    public SweepAxis? Y { get; }

    public int Columns => X.Count;

    public int Rows => Y?.Count ?? 1;

    /// <summary>Cells with at least one run, row by row from below.</summary>
    public IReadOnlyList<PhaseCell> Cells { get; }

    /// <summary>Whether some cell has several runs.</summary>
    public bool HasSeveral => Cells.Any(cell => cell.Runs.Count > 1);

    /// <summary>Places without a run.</summary>
    public IEnumerable<(int Column, int Row)> Missing => Enumerable.Range(0, Columns * Rows).Select(place => (place % Columns, place / Columns))
        .Except(Cells.Select(cell => (cell.Column, cell.Row)));

    /// <summary>Phases that occur among the runs, in the order of Table 1.</summary>
    public IEnumerable<string> Phases => PhaseKind.All.Where(phase => Runs.Any(run => run.Phase == phase));

    /// <summary>Cells whose most frequent phase this is.</summary>
    public int Count(string phase) => Cells.Count(cell => cell.Phase == phase);

    /// <summary>The parameters in words: "decoder_lr and decoder_weight_decay".</summary>
    public string Parameters => Y is null ? X.Parameter : $"{X.Parameter} and {Y.Parameter}";
}
