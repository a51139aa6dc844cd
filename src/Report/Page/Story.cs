namespace Goldilocks.Report;

/// <summary>What happened and what it means, for someone who has never heard of grokking.</summary>
internal sealed class Story(RunDetail run, IReadOnlyList<Figure> figures)
{
    private RunRow Row => run.Row;

    /// <summary>The three thresholds and the phase.</summary>
    /// <param name="missing">What is said of a threshold that was not reached.</param>
    public Html Milestones(string missing = "never")
    {
        Html Item(string kind, string name, long? step) => Html.Of(
            $"""<div class="{kind}"><dt>{name}</dt><dd>{(step is { } reached ? Html.Of($"<small>step</small> {Numbers.Count(reached)}") : Html.Of($"{missing}"))}</dd></div>{"\n"}""");
        return Html.Of(
            $"""
            <dl class="milestones">
            {(Row.HasRqi ? Item("rqi", $"{Order} ({Terms.RqiRule(Row)})", Row.RqiStep) : default)}{Item("train", $"It knows what it was shown ({Terms.AccuracyRule(Row, "train")})", Row.TrainStep)}{Item("validation", $"It knows what it was never shown ({Terms.AccuracyRule(Row, "validation")})", Row.ValidationStep)}<div class="phase"><dt>Phase by Table 1 of the paper</dt><dd>{Row.Phase}</dd></div>
            </dl>

            """);
    }

    public Html Sections() => Html.Of(
        $"""
        <section aria-labelledby="what"><h2 id="what">What was trained</h2>
        {new TaskStory(Row).Words()}</section>
        <section aria-labelledby="knowing"><h2 id="knowing">Knowing is not yet understanding</h2>
        <p>The first chart asks the network two questions at every step: how many of the {Terms.Noun(Row)}s you were shown can you answer, and how many of the others? The distance between the two curves is the time between knowing and understanding. When it is long, one speaks of <em>grokking</em>.</p>
        {Chart("accuracy")}<p>Training itself knows nothing of accuracy. It lowers the loss, which measures how far the answers are from the right ones, and that falls smoothly. Accuracy jumps instead, because an answer counts as right {Right}.</p>
        {Chart("loss")}</section>
        {Representation()}
        """);

    private string Order => Row.IsGroup ? "Products of matrices agree" : Row.Addition is null ? "Sums of embeddings agree" : "The numbers are in order";

    private string Right => Terms.IsClassification(Row)
        ? "from the moment its score is the highest of all"
        : "from the moment it is nearer to the right answer than to any other";

    private string Arrival() => Row.Number("final_rqi") switch
    {
        { } share when share > Row.RqiThreshold => "Nobody told this network about it; training alone pulled it there.",
        { } share => $"This network did not get there: at the end {Numbers.Percent(share)} of them hold.",
        null => "",
    };

    /// <summary>What is known of the embedding; nothing for a network without one.</summary>
    private Html Representation() => figures.Any(figure => figure.Id is not ("accuracy" or "loss")) ? Html.Of(
        $"""
        <section aria-labelledby="found"><h2 id="found">What the network found</h2>
        {Found()}{Chart("number-line")}{Chart("embedding")}{Quality()}{Chart("rqi")}{Chart("effective-dimension")}</section>

        """) : default;

    private Html Quality() => !Row.HasRqi ? default : Html.Of(
        $"""
        <p>The representation quality index (RQI) {(Row.Addition is null ? $"is the share of all parallelograms that the embeddings form: couples of pairs that have the same answer, and whose embeddings have the same {(Row.IsGroup ? "product" : "sum")}." : "counts how much of that order is there: the share of all parallelograms that the embeddings form.")} It can be read off the embeddings alone, before any question is asked.</p>

        """);

    private Html Found()
    {
        if (Row.Addition is not { Symbols: >= 6 } task) return default;
        return Html.Of(
            $"""
            <p>Take 2 + 5 and 3 + 4. Both are 7, so a decoder that is to answer both with 7 is best served when the sums of their embeddings coincide: E<sub>2</sub> + E<sub>5</sub> = E<sub>3</sub> + E<sub>4</sub>. The paper calls such four a <em>parallelogram</em>, because in the plane the four points form one. Each is a bridge: who knows the answer to one of the pairs also knows it for the other, shown or not. There are {Numbers.Count(task.Parallelograms)} of them here, and all of them hold at once when the symbols lie in order at equal distances, on a number line. {Arrival()}</p>

            """);
    }

    private Html Chart(string id)
    {
        if (figures.FirstOrDefault(figure => figure.Id == id) is not { } figure) return default;
        var number = figures.TakeWhile(other => other != figure).Count() + 1;
        return ChartPlace.Of(figure, $"Figure {number}");
    }
}
