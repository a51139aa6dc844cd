using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>A quantity that is measured on one checkpoint. A new one is one file and one line in <see cref="Measures.All"/>.</summary>
internal interface IMeasure
{
    /// <summary>Its name, for notes and to select it.</summary>
    string Name { get; }

    /// <summary>Where it is defined; stored with the columns.</summary>
    string Source { get; }

    /// <summary>What it is computed from.</summary>
    string Needs { get; }

    /// <summary>Its columns, of type Float64 or Int64, with the unit and the meaning of null.</summary>
    IReadOnlyList<Column> Columns { get; }

    /// <summary>A value per column.</summary>
    /// <exception cref="NotMeasurableException">The context lacks what it needs; its columns stay empty and a note says why.</exception>
    double?[] Compute(MeasureContext context);
}
