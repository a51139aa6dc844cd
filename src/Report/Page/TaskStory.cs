namespace Goldilocks.Report;

/// <summary>What was trained on what, for someone who has never heard of grokking.</summary>
internal sealed class TaskStory(RunRow row)
{
    public Html Words() => row.Recipe switch
    {
        _ when row.Addition is { } task => Addition(task),
        "transformer" or "modular-mlp" when row.Integer("p") is { } symbols => Pairs(symbols),
        "mnist" => Images(),
        _ => Html.Of($"<p>Recipe <code>{row.Recipe}</code>. Part of its samples are shown again and again; the others are kept back to see whether the network can answer what it was never shown. {Grokking}</p>\n"),
    };

    private static Html Grokking => Html.Of($"<em>Grokking</em> is when it manages that long after it has learned its examples.");

    private Html Addition(AdditionTask task) => Html.Of(
        $"""
        <p>The task is addition of {Numbers.Count(task.Symbols)} symbols, 0 to {Numbers.Count(task.Symbols - 1)}. The network is not told that they are numbers: to it, each symbol is just {(row.Dimension == 1 ? "one adjustable value" : $"a list of {Numbers.Count(row.Dimension)} adjustable values")}, its <em>embedding</em>, random at first. For a question <i>i</i> + <i>j</i> it adds the two embeddings, and a <em>decoder</em>, a small neural network{Hidden()}, turns the sum into an answer.</p>
        <p>Of the {Numbers.Count(task.Pairs)} possible pairs, {Numbers.Count(task.TrainPairs)} are shown again and again, and {Numbers.Count(task.ValidationPairs)} are kept back. The first can be learned by heart. The others can only be answered by finding out what the answers have in common: that the symbols are numbers, in a certain order, at equal distances. <em>Grokking</em> is when a network manages that long after it has learned its examples.</p>

        """);

    private Html Pairs(long symbols) => Html.Of(
        $"""
        <p>The task is {Operation(symbols)} of {Numbers.Count(symbols)} symbols, 0 to {Numbers.Count(symbols - 1)}. The network is not told that they are numbers: to it, each symbol is a list of {Numbers.Count(row.Dimension)} adjustable values, its <em>embedding</em>, random at first. {(row.Recipe == "transformer" ? Transformer() : Perceptron())} A question is a pair of symbols in order, and the answer is the class with the highest score.</p>
        <p>{Shown()} The first can be learned by heart. The others can only be answered by finding out what the answers have in common. {Grokking}</p>

        """);

    private Html Images() => Html.Of(
        $"""
        <p>The task is to tell which digit an image shows; the images are those of {(row.Text("data") is "mnist" or null ? Html.Of($"the MNIST data set of handwritten digits") : Html.Of($"<code>{row.Text("data")}</code>"))}. The network sees nothing but the pixels: they go through a perceptron{Hidden()}{Dropout()}, whose last layer has one output for each digit. {Scale()}</p>
        <p>{Shown()} The first can be learned by heart; to answer the others the network has to find what the images of a digit have in common. {Grokking}</p>

        """);

    private Html Operation(long symbols) => row.Text("operation") switch
    {
        "add" => Html.Of($"addition"),
        "modular_add" => Html.Of($"addition modulo {Numbers.Count(symbols)}"),
        var operation => Html.Of($"the operation <code>{operation}</code>"),
    };

    private string Transformer()
    {
        var third = row.Text("tokens") == "equals" ? "the two symbols and a third token, “=”," : "the two symbols";
        var positions = row.Text("positions") == "learned" ? ", with an adjustable list for each position added" : "";
        var readout = row.Text("readout") == "last" ? "the last token" : "all tokens together";
        return $"A transformer reads {third} as a sequence{positions}: {Count("layers", "layer")} with {Count("heads", "attention head")} and {Count("feed_forward", "hidden unit")}{Dropout()}. A linear layer scores the possible answers from what comes out at {readout}.";
    }

    private string Perceptron() =>
        $"A decoder, a small neural network{Hidden()}{Dropout()}, sees the embeddings of both symbols, {(row.Text("input") == "sum" ? "added" : "one after the other")}, and scores the possible answers.";

    private string Count(string parameter, string noun) => row.Integer(parameter) is { } count ? Numbers.Counted(count, noun) : $"{noun}s";

    private string Hidden() => row.Integer("depth") is { } depth && row.Integer("width") is { } width
        ? $" with {(depth == 1 ? "one hidden layer" : $"{depth} hidden layers")} of {width} units"
        : "";

    private string Dropout() => row.Number("dropout") is > 0 and var share ? $", of which training drops {Numbers.Percent(share)} at random in each step" : "";

    private string Scale() => row.Number("weight_scale") switch
    {
        > 1 and var scale => $"All its weights start {Numbers.Parameter(scale)} times as large as usual, which makes it learn by heart first (section 4.3 of the paper).",
        _ => "",
    };

    private string Shown()
    {
        var noun = Terms.Noun(row);
        if (row.TrainCount is not { } train || row.ValidationCount is not { } validation) return $"Part of the {noun}s are shown again and again, and the others are kept back.";
        return row.Recipe == "mnist"
            ? $"{Numbers.Counted(train, noun)} {(train == 1 ? "is" : "are")} shown again and again, and {Numbers.Count(validation)} others, from the data set's test images, are never trained on."
            : $"Of the {Numbers.Counted(train + validation, $"possible {noun}")}, {Numbers.Count(train)} are shown again and again, and {Numbers.Count(validation)} are kept back.";
    }
}
