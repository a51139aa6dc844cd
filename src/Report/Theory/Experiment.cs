namespace Goldilocks.Report;

/// <summary>A training set to try on the theory's page.</summary>
/// <param name="Id">By which the page's script knows it.</param>
/// <param name="Title">On the button.</param>
/// <param name="Told">What there is to see.</param>
internal sealed record Experiment(string Id, string Title, string Told);
