namespace Goldilocks.Report;

/// <summary>The phases of Table 1 in its order, and what has no row there.</summary>
internal static class PhaseKind
{
    /// <summary>All names; "undefined" is last.</summary>
    public static IReadOnlyList<string> All { get; } = ["comprehension", "grokking", "memorization", "confusion", "undefined"];

    /// <summary>The name that Table 1 does not have: validation accuracy reached, training accuracy not.</summary>
    public static string Undefined => All[^1];

    /// <summary>
    /// Their colours, on light and on dark ground. They were chosen for the largest least distance in CIE Lab between any two, as seen by all readers, by
    /// those without red and by those without green cones.
    /// </summary>
    public static string Colour(string phase) => phase switch
    {
        "comprehension" => "#4bbe7b",
        "grokking" => "#feba2e",
        "memorization" => "#265db0",
        "confusion" => "#48434b",
        _ => "#f7c3fe",
    };
}
