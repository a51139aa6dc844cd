using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>
/// Puts nodes before a model that make its inputs of two symbols a and b, INT64 [B]. Known are: two inputs of symbols, [B] or [B, 1]; pairs [B, 2]; tokens
/// [B, 3], the third of which is the symbol p; one-hot vectors, [B, 2p] or two of [B, p]. INT32 symbols and a fixed batch of all samples will do.
/// </summary>
/// <param name="editor">The model.</param>
/// <param name="samples">All pairs of its task.</param>
internal sealed class InputConversion(GraphEditor editor, SampleSet samples)
{
    /// <summary>Values of one-hot vectors over all samples; more are not made.</summary>
    private const long LargestInput = 1L << 27;

    private static readonly ValueInfo[] Wanted = [new("a", ElementType.Int64, [Dimension.Batch]), new("b", ElementType.Int64, [Dimension.Batch])];

    /// <summary>Whether the model takes the symbol p as a third token.</summary>
    public bool HasThirdToken { get; private set; }

    /// <summary>Names of the inputs that are one-hot vectors of a single symbol.</summary>
    public IReadOnlyList<string> OneHots { get; private set; } = [];

    /// <summary>What the inputs were taken for.</summary>
    public string Layout { get; private set; } = "";

    /// <summary>Whether a graph takes a and b already.</summary>
    public static bool IsNone(ModelGraph graph) => graph.Inputs.Count == 2 && Wanted.All(wanted => graph.Inputs.Any(input => input.Name == wanted.Name && input.Type == wanted.Type && input.Shape is [{ IsSymbolic: true }]));

    /// <summary>Adds the nodes.</summary>
    /// <param name="rows">Rows of the embedding where they are known: p + 1 decide that tokens of an unstated number are three.</param>
    /// <returns>The new inputs.</returns>
    /// <exception cref="NotMeasurableException">The model takes something else.</exception>
    public IReadOnlyList<ValueInfo> Run(int? rows)
    {
        foreach (var wanted in Wanted) editor.Free(wanted.Name);
        var inputs = editor.Original.Inputs;
        foreach (var input in inputs) CheckBatch(input);
        switch (inputs)
        {
            case [{ Shape: [_, var width] } only] when IsSymbols(only) && (width.Size is 2 or 3 || width.IsSymbolic):
                Tokens(only, width.IsSymbolic ? rows == samples.Symbols + 1 ? 3 : 2 : (int)width.Size);
                break;
            case [{ Type: ElementType.Float32, Shape: [_, var width] } only] when width.IsSymbolic || width.Size == 2 * samples.Symbols:
                CheckSize(2);
                editor.Apply("Concat", [OneHot("a"), OneHot("b")], only.Name, Axis(1));
                Layout = "one-hot vectors of a and b, one behind the other";
                break;
            case [var x, var y] when IsSymbol(x) && IsSymbol(y):
                var (first, second) = InOrder(x, y);
                Symbol(first, "a");
                Symbol(second, "b");
                Layout = "a and b";
                break;
            case [var x, var y] when IsOneHot(x) && IsOneHot(y):
                CheckSize(2);
                (first, second) = InOrder(x, y);
                editor.Apply("Identity", [OneHot("a")], first.Name);
                editor.Apply("Identity", [OneHot("b")], second.Name);
                OneHots = [first.Name, second.Name];
                Layout = "one-hot vectors of a and of b";
                break;
            default:
                throw new NotMeasurableException("the model's inputs are none that two symbols can be put into: two of [B], one of [B,2] or [B,3], one-hot vectors [B,2p] or two of [B,p]");
        }

        return Wanted;
    }

    private static bool IsSymbols(ValueInfo input) => input.Type is ElementType.Int64 or ElementType.Int32;

    private static bool IsSymbol(ValueInfo input) => IsSymbols(input) && input.Shape is [_] or [_, { IsSymbolic: false, Size: 1 }];

    private bool IsOneHot(ValueInfo input) => input is { Type: ElementType.Float32, Shape: [_, var width] } && (width.IsSymbolic || width.Size == samples.Symbols);

    private void CheckBatch(ValueInfo input)
    {
        if (input.Shape is [{ IsSymbolic: false, Size: var batch }, ..] && batch != samples.Count)
            throw new NotMeasurableException($"the model takes {batch} samples at a time, the task has {samples.Count}; export it with a dynamic batch");
    }

    private void CheckSize(int vectors)
    {
        if ((long)samples.Count * samples.Symbols * vectors > LargestInput) throw new NotMeasurableException($"one-hot vectors of {samples.Symbols} symbols are too many values");
    }

    /// <summary>By name where the names are a and b, as they stand elsewhere.</summary>
    private static (ValueInfo First, ValueInfo Second) InOrder(ValueInfo x, ValueInfo y) =>
        x.Name.TrimEnd('_') is "b" or "B" && y.Name.TrimEnd('_') is "a" or "A" ? (y, x) : (x, y);

    private void Tokens(ValueInfo input, int count)
    {
        List<string> columns = [Column("a"), Column("b")];
        if (count == 3)
        {
            HasThirdToken = true;
            columns.Add(editor.Apply("Add", [editor.Apply("Sub", [columns[0], columns[0]]), editor.Constant(Tensor.Of([(long)samples.Symbols], 1, 1))]));
        }

        Cast(editor.Apply("Concat", columns, null, Axis(1)), input);
        Layout = count == 3 ? $"a, b, {samples.Symbols}" : "a, b";
    }

    private void Symbol(ValueInfo input, string name) => Cast(input.Shape.Count == 2 ? Column(name) : name, input);

    private string Column(string name) => editor.Apply("Unsqueeze", [name, editor.Constant(Tensor.Of([1L], 1))]);

    private string OneHot(string name) => editor.Apply("OneHot",
        [name, editor.Constant(Tensor.Of([(long)samples.Symbols], 1)), editor.Constant(Tensor.Of([0f, 1], 2))], null, Axis(-1));

    private void Cast(string value, ValueInfo input) => editor.Apply("Cast", [value], input.Name, new Dictionary<string, AttributeValue> { ["to"] = (long)input.Type });

    private static Dictionary<string, AttributeValue> Axis(long axis) => new() { ["axis"] = axis };
}
