using Goldilocks.Graph;

namespace Goldilocks.Train;

/// <summary>The end of every training graph: <c>logits</c>, <c>sample_loss</c> [B, 1] and <c>loss</c>, by the input <c>label</c>.</summary>
internal static class LossNodes
{
    /// <summary>Mean square error of <c>output</c> [B, outputs], and the nearest target as the largest of y·t − |t|²/2.</summary>
    public static void AddRegression(GraphBuilder graph, Tensor targets)
    {
        var (classes, outputs) = ((int)targets.Shape[0], (int)targets.Shape[1]);
        var values = targets.AsFloats();
        var offsets = new float[classes];
        for (var c = 0; c < classes; c++)
        {
            var square = 0.0;
            foreach (var value in values.Slice(c * outputs, outputs)) square += (double)value * value;
            offsets[c] = (float)(-square / 2);
        }

        graph.Initializer("targets", targets);
        graph.Initializer("target_offsets", Tensor.Of(offsets, classes));
        graph.Initializer("last_axis", Tensor.Of([1L], 1));
        graph.Linear("logits", "output", "targets", "target_offsets", "nearest target = arg max");
        graph.Apply("Gather", "target", ["targets", "label"]);
        graph.Apply("Sub", "error", ["output", "target"]);
        graph.Apply("Mul", "squared_error", ["error", "error"]);
        graph.Apply("ReduceMean", "sample_loss", ["squared_error", "last_axis"]);
        graph.Output("output", "what the model computes, to be compared with the target vectors");
        AddMean(graph, "class scores: y·t − |t|²/2 for each target t, largest for the nearest one");
    }

    /// <summary>Cross-entropy of <c>logits</c> [B, C] against the one-hot label.</summary>
    public static void AddClassification(GraphBuilder graph, int classes, bool meanOverClasses = false)
    {
        graph.Initializer("one_hot", ToyDraws.Identity(classes));
        graph.Initializer("last_axis", Tensor.Of([1L], 1));
        graph.Apply("LogSoftmax", "log_probabilities", ["logits"]);
        graph.Apply("Gather", "target", ["one_hot", "label"]);
        graph.Apply("Mul", "target_log_probabilities", ["log_probabilities", "target"]);
        graph.Apply(meanOverClasses ? "ReduceMean" : "ReduceSum", "target_log_probability", ["target_log_probabilities", "last_axis"]);
        graph.Apply("Neg", "sample_loss", ["target_log_probability"]);
        AddMean(graph, "class scores");
    }

    private static void AddMean(GraphBuilder graph, string scores)
    {
        graph.Apply("ReduceMean", "loss", ["sample_loss"], nodeDoc: "mean over the batch");
        graph.Output("logits", scores);
        graph.Output("sample_loss", "loss of each sample");
        graph.Output("loss", "the loss that is minimised");
    }
}
