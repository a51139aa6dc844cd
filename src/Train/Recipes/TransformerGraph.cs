using Goldilocks.Graph;
using Goldilocks.Numerics.Generators;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>
/// The graph of <see cref="Transformer"/>. Parameters have the names, layouts and initial distributions of PyTorch's <c>TransformerEncoder</c>. Shapes: T
/// tokens, D dimensions, N heads, F hidden units.
/// </summary>
internal sealed class TransformerGraph
{
    private static readonly Dictionary<string, AttributeValue> LastAxis = new() { ["axis"] = -1L };
    private static readonly Dictionary<string, AttributeValue> HeadsBeforeTokens = new() { ["perm"] = new long[] { 0, 2, 1, 3 } };

    private readonly RunConfig _config;
    private readonly SampleSet _samples;
    private readonly ParameterDraws _draws;
    private readonly GraphBuilder _graph;
    private readonly Layers _layers;
    private readonly List<string> _tokenParameters = [];

    public TransformerGraph(RunConfig config, SampleSet samples, ParameterDraws draws)
    {
        (_config, _samples, _draws) = (config, samples, draws);
        _graph = new GraphBuilder("transformer",
            $"Computes {samples.Operation} of two of {samples.Symbols} symbols: {config.Integer("layers")} transformer encoder layer(s) over {T} tokens, then a linear score of {samples.Classes} classes.");
        _layers = new Layers(_graph, config);
    }

    /// <summary>What is embedded beside the symbols.</summary>
    public IReadOnlyList<string> TokenParameters => _tokenParameters;

    private int T => _config.Text("tokens") == "equals" ? 3 : 2;

    private int D => _config.Integer("embedding_dimension");

    private int Heads => _config.Integer("heads");

    private string Norm => _config.Text("norm");

    public ModelGraph Build()
    {
        DrawParameters();
        PairModel.AddInputs(_graph, _samples, _draws);
        AddConstants();
        var x = AddTokens();
        for (var layer = 0; layer < _config.Integer("layers"); layer++) x = AddLayer(layer, x);
        _graph.Linear("logits", AddReadout(x), "decoder.weight", "decoder.bias");
        LossNodes.AddClassification(_graph, _samples.Classes);
        return _graph.Build();
    }

    private static string Parameter(int layer, string name) => $"encoder.layers.{layer}.{name}";

    private void DrawParameters()
    {
        var f = _config.Integer("feed_forward");
        if (T == 3) _tokenParameters.Add(_draws.Normal("equals.weight", RandomStream.Embedding, _config.Number("embedding_scale"), 1, D));
        if (_config.Text("positions") == "learned") _tokenParameters.Add(_draws.Normal("positions.weight", RandomStream.Embedding, _config.Number("embedding_scale"), T, D));
        for (var layer = 0; layer < _config.Integer("layers"); layer++)
        {
            _draws.Uniform(Parameter(layer, "self_attn.in_proj_weight"), Math.Sqrt(6.0 / (4 * D)), 3 * D, D);
            _draws.Constant(Parameter(layer, "self_attn.in_proj_bias"), 0, 3 * D);
            _draws.Uniform(Parameter(layer, "self_attn.out_proj.weight"), 1 / Math.Sqrt(D), D, D);
            _draws.Constant(Parameter(layer, "self_attn.out_proj.bias"), 0, D);
            _draws.Linear(Parameter(layer, "linear1"), D, f);
            _draws.Linear(Parameter(layer, "linear2"), f, D);
            if (Norm == "none") continue;
            foreach (var norm in new[] { "norm1", "norm2" })
            {
                _draws.Constant(Parameter(layer, $"{norm}.weight"), 1, D);
                _draws.Constant(Parameter(layer, $"{norm}.bias"), 0, D);
            }
        }

        _draws.Linear("decoder", _config.Text("readout") == "last" ? D : T * D, _samples.Classes);
    }

    private void AddConstants()
    {
        _graph.Initializer("token_shape", Tensor.Of([0L, T, D], 3));
        _graph.Initializer("row_shape", Tensor.Of([0L, T * D], 2));
        _graph.Initializer("attention_scale", Tensor.Of([(float)(1 / Math.Sqrt((double)D / Heads))], 1));
        if (Heads > 1) _graph.Initializer("head_shape", Tensor.Of([0L, T, Heads, D / Heads], 4));
        if (_config.Text("causal") != "yes") return;
        var mask = new float[T * T];
        for (var to = 0; to < T; to++)
            for (var from = to + 1; from < T; from++) mask[(to * T) + from] = -1e9f;
        _graph.Initializer("causal_mask", Tensor.Of(mask, T, T));
    }

    /// <summary>[B, T, D].</summary>
    private string AddTokens()
    {
        string[] tokens = [_graph.Apply("Gather", "embedding_a", [PairModel.Embedding, "a"], nodeDoc: "E[a]"), _graph.Apply("Gather", "embedding_b", [PairModel.Embedding, "b"], nodeDoc: "E[b]")];
        if (T == 3)
        {
            _graph.Initializer("zero", Tensor.Of([0L], 1));
            _graph.Apply("Mul", "equals", ["a", "zero"], nodeDoc: "the third token, the same for every sample");
            tokens = [.. tokens, _graph.Apply("Gather", "embedding_equals", ["equals.weight", "equals"])];
        }

        var row = _graph.Apply("Concat", "tokens_row", tokens, LastAxis);
        var x = _graph.Apply("Reshape", "tokens", [row, "token_shape"]);
        return _config.Text("positions") == "learned" ? _graph.Apply("Add", "tokens_placed", [x, "positions.weight"]) : x;
    }

    /// <summary>Two half layers, attention and MLP, each added to its input.</summary>
    private string AddLayer(int layer, string x)
    {
        var name = $"layer_{layer + 1}";
        var attended = AddResidual(layer, $"{name}_attention", x, "norm1", input => AddAttention(layer, name, input));
        return AddResidual(layer, $"{name}_mlp", attended, "norm2", input =>
        {
            var hidden = _layers.Activate(Linear(layer, $"{name}_hidden_linear", input, "linear1.weight", "linear1.bias"), $"{name}_hidden");
            return Linear(layer, $"{name}_mlp_output", _layers.Dropout(hidden), "linear2.weight", "linear2.bias");
        });
    }

    private string AddResidual(int layer, string name, string x, string norm, Func<string, string> half)
    {
        var input = Norm == "before" ? Normalise(layer, $"{name}_input", x, norm) : x;
        var sum = _graph.Apply("Add", $"{name}_residual", [x, _layers.Dropout(half(input))]);
        return Norm == "after" ? Normalise(layer, $"{name}_normalised", sum, norm) : sum;
    }

    private string Normalise(int layer, string output, string x, string norm) =>
        _graph.Apply("LayerNormalization", output, [x, Parameter(layer, $"{norm}.weight"), Parameter(layer, $"{norm}.bias")]);

    /// <summary>softmax(QKᵀ/√(D/N) + mask)·V for each head, projected.</summary>
    private string AddAttention(int layer, string name, string x)
    {
        var together = Linear(layer, $"{name}_qkv", x, "self_attn.in_proj_weight", "self_attn.in_proj_bias");
        string[] qkv = [$"{name}_q", $"{name}_k", $"{name}_v"];
        _graph.Apply("Split", qkv, [together], new Dictionary<string, AttributeValue> { ["axis"] = -1L, ["num_outputs"] = 3L });
        if (Heads > 1) qkv = [.. qkv.Select(AddHeads)];
        var keys = _graph.Apply("Transpose", $"{name}_k_transposed", [qkv[1]], new Dictionary<string, AttributeValue> { ["perm"] = Heads > 1 ? new long[] { 0, 1, 3, 2 } : [0, 2, 1] });
        var scores = _graph.Apply("Mul", $"{name}_scores", [_graph.Apply("MatMul", $"{name}_qk", [qkv[0], keys]), "attention_scale"]);
        if (_config.Text("causal") == "yes") scores = _graph.Apply("Add", $"{name}_scores_masked", [scores, "causal_mask"]);
        var attention = _graph.Apply("Softmax", $"{name}_attention_pattern", [scores], LastAxis);
        var mixed = _graph.Apply("MatMul", $"{name}_mixed", [_layers.Dropout(attention), qkv[2]]);
        if (Heads > 1)
        {
            var tokens = _graph.Apply("Transpose", $"{name}_mixed_by_token", [mixed], HeadsBeforeTokens);
            mixed = _graph.Apply("Reshape", $"{name}_mixed_heads", [tokens, "token_shape"]);
        }

        return Linear(layer, $"{name}_attention_output", mixed, "self_attn.out_proj.weight", "self_attn.out_proj.bias");
    }

    /// <summary>[B, T, D] → [B, N, T, D/N].</summary>
    private string AddHeads(string x) =>
        _graph.Apply("Transpose", $"{x}_heads", [_graph.Apply("Reshape", $"{x}_split", [x, "head_shape"])], HeadsBeforeTokens);

    /// <summary>x·Wᵀ + b over the last axis of [B, T, in].</summary>
    private string Linear(int layer, string output, string x, string weight, string bias)
    {
        var turned = _graph.Apply("Transpose", $"{output}_weight", [Parameter(layer, weight)], new Dictionary<string, AttributeValue> { ["perm"] = new long[] { 1, 0 } });
        return _graph.Apply("Add", output, [_graph.Apply("MatMul", $"{output}_product", [x, turned]), Parameter(layer, bias)]);
    }

    private string AddReadout(string x)
    {
        var row = _graph.Apply("Reshape", "output_row", [x, "row_shape"]);
        if (_config.Text("readout") != "last") return row;
        _graph.Initializer("last_token_split", Tensor.Of([(T - 1L) * D, D], 2));
        _graph.Apply("Split", ["earlier_tokens", "last_token"], [row, "last_token_split"], LastAxis);
        return "last_token";
    }
}
