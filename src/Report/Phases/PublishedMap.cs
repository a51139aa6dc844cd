namespace Goldilocks.Report;

/// <summary>Which of the paper's maps, Figures 6 to 8, has a sweep's task and parameters.</summary>
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
            ("transformer", _, ["decoder_lr", "decoder_weight_decay"]) when runs.Common("p") is 53L && runs.Common("operation") is "modular_add" => "Figure 7 (right)",
            ("mnist", "mse", ["decoder_lr", "weight_decay"]) when runs.Common("train_images") is 1000L => "Figure 8 (right)",
            _ => null,
        };
    }
}
