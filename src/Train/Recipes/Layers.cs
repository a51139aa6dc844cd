using Goldilocks.Graph;

namespace Goldilocks.Train;

/// <summary>Parts of graphs that follow a run's settings: its activation, its dropout.</summary>
internal sealed class Layers(GraphBuilder graph, RunConfig config)
{
    private bool _hasDropout;

    public static ParameterSpec Activation { get; } = new("activation", ParameterKind.Text, "relu", "activation of the hidden units") { Choices = ["relu", "gelu", "tanh"] };

    /// <summary>The activation of <paramref name="input"/>.</summary>
    public string Activate(string input, string output) =>
        graph.Apply(config.Text("activation") switch { "relu" => "Relu", "gelu" => "Gelu", _ => "Tanh" }, output, [input]);

    /// <summary>The value with training's dropout behind it, if there is any.</summary>
    public string Dropout(string input)
    {
        if (config.Number("dropout") == 0) return input;
        if (!_hasDropout)
        {
            graph.Initializer("dropout_ratio", Tensor.Of([(float)config.Number("dropout")]));
            graph.Initializer("training", new Tensor(ElementType.Bool, [], new byte[] { 1 }));
            _hasDropout = true;
        }

        return graph.Apply("Dropout", $"{input}_kept", [input, "dropout_ratio", "training"]);
    }
}
