namespace Goldilocks.Report;

/// <summary>A figure of the paper, or of the kind: its panels and its words.</summary>
internal abstract class PaperFigure
{
    /// <summary>As in file names: "fig4".</summary>
    public abstract string Id { get; }

    /// <summary>What it shows, as a heading.</summary>
    public abstract string Title { get; }

    /// <summary>The result in a sentence or two, made from the numbers.</summary>
    public abstract string Lead { get; }

    /// <summary>The figure's name: "Figure 4".</summary>
    public virtual string Name => $"Figure {Id["fig".Length..]}";

    /// <summary>Where it is from, for the line above the page's heading.</summary>
    public virtual string Origin => $"{Name} of the paper";

    /// <summary>The runs behind it.</summary>
    public abstract RunGroup Runs { get; }

    /// <summary>The panels, row by row as in the picture.</summary>
    public abstract IReadOnlyList<IReadOnlyList<Panel>> Rows { get; }

    /// <summary>Plain words before the panels: what the paper says, and how to read what one sees here.</summary>
    public abstract Html Introduction { get; }

    /// <summary>The numbers, as tables.</summary>
    public abstract Html Evidence { get; }

    /// <summary>The tables it was made from and what they hold.</summary>
    public abstract IEnumerable<(string? Path, string Holds)> Files(TableLinks links);

    public IEnumerable<Panel> Panels => Rows.SelectMany(row => row);
}
