namespace Goldilocks.Report;

/// <summary>How the variance of an embedding is spread over frequencies at one step.</summary>
/// <param name="Step">Optimiser updates before this state.</param>
/// <param name="Shares">Of the whole embedding, frequency 1 first.</param>
/// <param name="PlaneShares">Of its first two principal components.</param>
internal sealed record Spectrum(long Step, IReadOnlyList<double> Shares, IReadOnlyList<double> PlaneShares)
{
    /// <summary>A share from which on a frequency is named.</summary>
    private const double Notable = 0.1;

    /// <summary>The frequency with the largest share of the whole embedding.</summary>
    public int Leading => Largest(Shares);

    /// <summary>The frequency with the largest share of the first two components.</summary>
    public int PlaneLeading => Largest(PlaneShares);

    /// <summary>Frequencies with a tenth or more of the variance, the largest first: "7 (52 %), 3 (21 %)".</summary>
    public static string Notables(IReadOnlyList<double> shares)
    {
        var found = shares.Index().Where(share => share.Item >= Notable).OrderByDescending(share => share.Item).Select(share => $"{share.Index + 1} ({Numbers.Percent(share.Item)})").ToArray();
        return found.Length > 0 ? string.Join(", ", found) : "none";
    }

    private static int Largest(IReadOnlyList<double> shares) => shares.Index().MaxBy(share => share.Item).Index + 1;
}
