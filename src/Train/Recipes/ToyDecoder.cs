using Goldilocks.Graph;

namespace Goldilocks.Train;

/// <summary>The second half of the toy models' graphs: the tanh MLP that decodes <c>decoder_input</c>, its class scores and its loss.</summary>
internal static class ToyDecoder
{
    /// <summary>Name of the value that is decoded, [B, D].</summary>
    public const string Input = "decoder_input";

    /// <summary>Adds decoder, <c>logits</c>, <c>sample_loss</c> and <c>loss</c> behind <see cref="Input"/>, and declares the outputs.</summary>
    /// <param name="graph">Has the decoder's parameters.</param>
    /// <param name="model">Its sizes.</param>
    /// <param name="targets">[C, outputs], a row per class; null for classification.</param>
    /// <param name="meanOverClasses">Divide the cross-entropy by the number of classes.</param>
    public static void AddTo(GraphBuilder graph, ToyModel model, Tensor? targets, bool meanOverClasses = false)
    {
        var (depth, hidden) = (model.Config.Integer("depth"), Input);
        for (var layer = 0; layer < depth; layer++)
        {
            var linear = graph.Linear($"hidden_{layer + 1}_linear", hidden, $"decoder.{2 * layer}.weight", $"decoder.{2 * layer}.bias");
            hidden = graph.Apply("Tanh", $"hidden_{layer + 1}", [linear]);
        }

        graph.Linear(targets is null ? "logits" : "output", hidden, $"decoder.{2 * depth}.weight", $"decoder.{2 * depth}.bias");
        if (targets is null) AddClassification(graph, model.Samples.Classes, meanOverClasses);
        else AddRegression(graph, targets);
        graph.Apply("ReduceMean", "loss", ["sample_loss"], nodeDoc: "mean over the batch");

        if (targets is not null) graph.Output("output", "the decoder's output, to be compared with the target vectors");
        graph.Output("logits", targets is null ? "class scores" : "class scores: y·t − |t|²/2 for each target t, largest for the nearest one");
        graph.Output("sample_loss", "loss of each sample");
        graph.Output("loss", "the loss that is minimised");
    }

    /// <summary>Mean square error, and the nearest target as the largest of y·t − |t|²/2.</summary>
    private static void AddRegression(GraphBuilder graph, Tensor targets)
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
    }

    /// <summary>Cross-entropy against the one-hot label.</summary>
    private static void AddClassification(GraphBuilder graph, int classes, bool meanOverClasses)
    {
        graph.Initializer("one_hot", ToyDraws.Identity(classes));
        graph.Initializer("last_axis", Tensor.Of([1L], 1));
        graph.Apply("LogSoftmax", "log_probabilities", ["logits"]);
        graph.Apply("Gather", "target", ["one_hot", "label"]);
        graph.Apply("Mul", "target_log_probabilities", ["log_probabilities", "target"]);
        graph.Apply(meanOverClasses ? "ReduceMean" : "ReduceSum", "target_log_probability", ["target_log_probabilities", "last_axis"]);
        graph.Apply("Neg", "sample_loss", ["target_log_probability"]);
    }
}
