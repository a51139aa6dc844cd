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
        if (targets is null) LossNodes.AddClassification(graph, model.Samples.Classes, meanOverClasses);
        else LossNodes.AddRegression(graph, targets);
    }
}
