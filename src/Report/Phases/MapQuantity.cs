namespace Goldilocks.Report;

/// <summary>A number of each cell that a map shows.</summary>
/// <param name="Id">Name of the picture.</param>
/// <param name="Title">Heading.</param>
/// <param name="Unit">What the legend's numbers are, in a word or two.</param>
/// <param name="Caption">What it means.</param>
/// <param name="Value">The number; null where a cell has none.</param>
/// <param name="Absent">What it means that a cell has none, in a word or two.</param>
/// <param name="Ramp">Its colours.</param>
internal sealed record MapQuantity(string Id, string Title, string Unit, string Caption, Func<PhaseCell, double?> Value, string Absent, ColourRamp Ramp)
{
    private const string Steps = "viridis";
    private const string Delays = "plasma";
    private const string Spreads = "viridis";
    private const string Shares = "cividis";

    /// <summary>Steps to the training accuracy.</summary>
    public static MapQuantity TrainSteps(PhaseGrid grid) => StepsTo(grid, "train", "training", PhaseNumbers.Threshold, cell => cell.TrainStep);

    /// <summary>Steps to the validation accuracy, in the same colours.</summary>
    public static MapQuantity ValidationSteps(PhaseGrid grid) => StepsTo(grid, "validation", "validation", PhaseNumbers.ValidationThreshold, cell => cell.ValidationStep);

    /// <summary>Delay in steps.</summary>
    public static MapQuantity Gap(PhaseGrid grid) => new(
        "gap", "Delay in steps", "steps",
        $"Validation step minus training step{Middle(grid)}; the colours are linear below 10 steps and logarithmic beyond{(grid.Cells.Any(cell => cell.Gap < 0) ? "; negative where validation came first" : "")}.",
        cell => cell.Gap, "not both reached", ColourRamp.SignedLogarithmic(Delays, grid.Cells.Select(cell => cell.Gap).OfType<double>()));

    /// <summary>Delay as a ratio.</summary>
    public static MapQuantity Ratio(PhaseGrid grid) => new(
        "ratio", "Relative delay", "ratio", $"Updates until the validation accuracy divided by updates until the training accuracy, (v + 1)/(t + 1) of the steps v and t{Middle(grid)}; logarithmic colours.",
        cell => cell.Ratio, "not both reached", ColourRamp.Logarithmic(Delays, grid.Cells.Select(cell => cell.Ratio).OfType<double>()));

    /// <summary>Probability of a phase.</summary>
    public static MapQuantity Share(string phase) => new(
        $"share-{phase}", $"Probability of {phase}", "share", $"Share of each cell's runs that end in {phase}.", cell => cell.Share(phase), "none", ColourRamp.Share(Shares));

    /// <summary>Spread of the validation steps over seeds.</summary>
    public static MapQuantity Spread(PhaseGrid grid) => new(
        "spread", "Spread of the validation step", "Q3/Q1",
        "By what factor the third quartile of the validation step exceeds the first, among the runs of a cell that reach it: the interquartile range on a logarithmic scale; logarithmic colours. A cell with fewer than two such runs has none.",
        cell => cell.Spread, "fewer than two", ColourRamp.Logarithmic(Spreads, grid.Cells.Select(cell => cell.Spread).OfType<double>()));

    private static MapQuantity StepsTo(PhaseGrid grid, string split, string adjective, Func<RunGroup, string> threshold, Func<PhaseCell, double?> step) => new(
        $"{split}-steps", $"Steps to {split} accuracy", "steps",
        $"First step with {adjective} accuracy {threshold(new RunGroup(grid.Runs))}{(grid.HasSeveral ? ", the median over the runs of a cell, never counting as later than any step" : "")}; logarithmic colours, the same for training and validation.",
        cell => step(cell) is { } steps ? Math.Max(steps, 1) : null, "never",
        ColourRamp.Logarithmic(Steps, grid.Cells.SelectMany(cell => (double?[])[cell.TrainStep, cell.ValidationStep]).OfType<double>().Select(steps => Math.Max(steps, 1))));

    private static string Middle(PhaseGrid grid) => grid.HasSeveral ? ", the median over the runs of a cell that reach both" : "";
}
