namespace Goldilocks.Analyze;

/// <summary>Which embedding's principal axes are meant.</summary>
internal enum AxesOf
{
    /// <summary>Those of the checkpoint itself.</summary>
    Own,

    /// <summary>Those of the run's last checkpoint.</summary>
    Final,
}

/// <summary>An embedding along principal axes.</summary>
/// <param name="Axes">Whose axes.</param>
/// <param name="Coordinates">[P, count], row-major.</param>
/// <param name="Count">Axes.</param>
internal sealed record Projection(AxesOf Axes, double[] Coordinates, int Count);

/// <summary>Accuracy of a model whose embedding is reduced to so many components.</summary>
internal sealed record ComponentAccuracy(AxesOf Axes, int Components, double? Train, double? Validation);

/// <summary>What is known of one checkpoint's components.</summary>
/// <param name="Run">Identity of the run.</param>
/// <param name="Step">Updates before the checkpoint.</param>
/// <param name="Projections">Along its own and the final axes.</param>
/// <param name="Accuracies">By axes and number of components; empty when not asked for.</param>
/// <param name="Frequencies">Share of the embedding's variance in frequency k + 1.</param>
/// <param name="PlaneFrequencies">The same for its first two components alone.</param>
internal sealed record CheckpointComponents(string Run, long Step, IReadOnlyList<Projection> Projections, IReadOnlyList<ComponentAccuracy> Accuracies, double[] Frequencies, double[] PlaneFrequencies);
