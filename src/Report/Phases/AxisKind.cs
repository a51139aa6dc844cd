namespace Goldilocks.Report;

/// <summary>How the values of a swept parameter are laid out.</summary>
internal enum AxisKind
{
    /// <summary>Equal steps in the logarithm.</summary>
    Logarithmic,

    /// <summary>Equal steps.</summary>
    Linear,

    /// <summary>By order alone: every value has a cell of one size.</summary>
    Ordinal,
}
