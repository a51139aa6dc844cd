namespace Goldilocks.Theory;

/// <summary>The learning phases of table 1 (appendix A).</summary>
public enum Phase
{
    /// <summary>Train and validation accuracy reached, validation soon after train.</summary>
    Comprehension,

    /// <summary>Both reached, validation late.</summary>
    Grokking,

    /// <summary>Only train accuracy reached.</summary>
    Memorization,

    /// <summary>Neither reached.</summary>
    Confusion,

    /// <summary>Validation reached without train: table 1 has no such row.</summary>
    Undefined,
}
