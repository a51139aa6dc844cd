using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>A quantity that is measured on what the trainer recorded of a whole run. A new one is one file and one line in <see cref="RunMeasures.All"/>.</summary>
internal interface IRunMeasure
{
    /// <summary>Where it is defined; stored with the columns.</summary>
    string Source { get; }

    /// <summary>Its columns, of type Float64, with the unit and the meaning of null.</summary>
    IReadOnlyList<Column> Columns { get; }

    /// <summary>A value per column.</summary>
    double?[] Compute(RunTrack run);
}
