namespace Goldilocks.Report;

/// <summary>Which map of the paper's Figure 6 has a sweep's task and parameters.</summary>
internal static class PublishedMap
{
    /// <summary>"Figure 6 (b)", or null for a sweep that the paper does not show.</summary>
    public static string? Of(RunGroup runs, PhaseGrid grid)
    {
        string[] parameters = [grid.X.Parameter, grid.Y?.Parameter ?? ""];
        var isAddition = runs.Common("recipe") is "toy-addition" && runs.Common("p") is 10L && runs.Runs.All(run => run.Text("operation") is null or "add");
        return (runs.Common("recipe"), runs.Common("loss"), parameters) switch
        {
            (_, "mse", ["decoder_lr", "embedding_lr"]) when isAddition => "Figure 6 (a)",
            (_, "mse", ["decoder_lr", "decoder_weight_decay"]) when isAddition => "Figure 6 (b)",
            (_, "cross_entropy", ["decoder_lr", "decoder_weight_decay"]) when isAddition => "Figure 6 (c)",
            ("toy-group", "mse" or null, ["decoder_lr", "decoder_weight_decay"]) => "Figure 6 (d)",
            _ => null,
        };
    }
}
