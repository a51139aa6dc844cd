using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>The page on which a reader chooses a training set and sees what the theory makes of it.</summary>
public static class TheoryPage
{
    /// <summary>Scripts in the order in which they need each other; the page listens to the grid before the grid is built.</summary>
    private static readonly string[] Scripts = ["export.js", "theory.js", "theory-freedom.js", "theory-words.js", "theory-motion.js", "theory-page.js"];

    private const string Style = "theory.css";

    /// <summary>Validation pairs of the authors' stored run with seed 58 behind Figure 4 (d).</summary>
    private const string PublishedUnseen = "0+2 0+4 1+5 1+7 2+4 4+4 4+6 5+5 5+8 5+9";

    /// <summary>Writes the page, and the assets that it needs beside it.</summary>
    /// <param name="path">The page; its folder is made when missing, an earlier page is replaced.</param>
    /// <exception cref="GoldilocksException">The chart library is missing, or the folder cannot be written.</exception>
    public static void Write(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        PageAssets.Write(folder);
        foreach (var name in Names) AtomicFile.WriteAllText(Path.Combine(folder, "assets", name), Assets.Text(name));
        AtomicFile.WriteAllText(path, Page());
    }

    /// <summary>What the page loads beside what all pages do.</summary>
    internal static IEnumerable<string> Names => Scripts.Except(PageAssets.Own).Append(Style);

    /// <summary>The page alone.</summary>
    internal static string Page() => new PageShell("What can be known before training") { Links = [("index.html", "Overview")], Scripts = Scripts, Styles = [Style] }.Write(
        "The effective theory of grokking, to try out",
        "Show a network some sums. Which of the others can it possibly work out, and how long will it take? Both follow from the choice of examples alone, before a single step of training.",
        default,
        Html.Of(
            $"""
            {Idea()}{Choice()}{Motion()}{TheoryWords.Section()}
            """));

    private static Html Idea() => Html.Of(
        $"""
        <section aria-labelledby="idea"><h2 id="idea">One idea</h2>
        <p>A small network learns to add. It gives each number a place E on a line, at first at random, and sees a pair only through the <em>sum of two places</em>: of 2 + 5 it sees E₂ + E₅. Numbers are mere symbols to it; nobody tells it that 3 comes after 2.</p>
        <p>Suppose that 2 + 5 and 3 + 4 are both among its examples. Both answers are 7, so both pairs may look the same to it, and in a tidy solution they do: <strong>E₂ + E₅ = E₃ + E₄</strong>. The paper calls such a couple of pairs a <em>parallelogram</em>. Each one is an equation about where the numbers stand. With enough equations, only one arrangement remains: in order, at equal distances. Then E₁ + E₆ has to be the same sum too, and the network knows 1 + 6 without having seen it.</p>
        </section>

        """);

    private static Html Choice() => Html.Of(
        $"""
        <section aria-labelledby="choose" class="wide"><h2 id="choose">Choose what the network is shown</h2>
        <p class="narrow">Each cell is a pair of numbers; its row and column say which, and pairs with one answer lie on one diagonal. Press cells to put pairs into the training set or take them out, or begin with one of these:</p>
        <div class="experiments" role="group" aria-label="Things to try">
        {TheoryWords.Experiments.Select((experiment, i) => Html.Of($"<button type=\"button\" data-experiment=\"{experiment.Id}\" data-told=\"{experiment.Told}\" aria-pressed=\"{(i == 0 ? "true" : "false")}\">{experiment.Title}</button>\n"))}</div>
        <p id="told" class="told" role="status">{TheoryWords.Experiments[0].Told}</p>
        <div id="lab" class="lab" data-unseen="{PublishedUnseen}">
        <div class="board">
        <div class="field" id="field"><div id="grid" role="grid" aria-label="Pairs of numbers; press a pair to put it into the training set or take it out"></div>
        <ul class="legend" aria-label="Cells"><li><span class="cell" data-state="shown">7</span> shown</li><li><span class="cell" data-state="implied">7</span> not shown, but follows</li><li><span class="cell" data-state="unknown">?</span> cannot be known</li></ul></div>
        <p id="pair" class="note"></p>
        </div>
        <div class="side">
        <p id="verdict" class="verdict-line" role="status"></p>
        <dl class="readings">
        <div><dt>Freedoms left (nullity n₀)</dt><dd id="nullity"></dd><dd id="freedoms" class="note"></dd></div>
        <div><dt>Pairs that can be known (ideal accuracy)</dt><dd id="accuracy"></dd><dd id="known" class="note"></dd></div>
        <div><dt>Equations given</dt><dd id="permissible"></dd></div>
        <div><dt>Equations that follow</dt><dd id="implied"></dd></div>
        </dl>
        <h3>What is tied, and what is free</h3>
        <ul id="bodies" class="bodies"></ul>
        <h3>Change the training set</h3>
        <div class="control"><label for="share">Shown</label><input id="share" type="range" min="0" max="55" value="45"><output id="share-value" for="share"></output></div>
        <div class="buttons"><button type="button" id="shuffle">Draw again at random</button><button type="button" id="all">All</button><button type="button" id="none">None</button><button type="button" id="swap">Swap shown and unseen</button></div>
        <div class="control"><label for="symbols">Numbers p</label><input id="symbols" type="range" min="2" max="16" value="10"><output id="symbols-value" for="symbols"></output></div>
        {Radios("operation", "Sum", ("add", "plain addition"), ("modular_add", "on a clock (modulo p)"))}</div>
        </div></section>

        """);

    private static Html Motion() => Html.Of(
        $"""
        <section aria-labelledby="motion" class="wide"><h2 id="motion">How fast the line appears</h2>
        <p class="narrow">The theory goes one step further. It treats each equation as a spring that pulls the numbers towards agreement, and tells how they move from a random start. The weakest combination of springs, λ₃, sets the pace. Drag across the curves, or use the slider, to see where the numbers stand at a step.</p>
        <p id="motion-note" class="narrow"></p>
        <div class="lab">
        <div><div id="curves" class="curves"></div>
        {Saving.Of("curves", "the curves")}</div>
        <div class="side">
        <div id="number-line"></div>
        <div class="control"><button type="button" id="play">Play</button><label for="time">Step</label><input id="time" type="range" min="0" max="1000" step="any" value="0"></div>
        <p id="moment" class="note"></p>
        <div class="control"><label for="rate">Learning rate</label><input id="rate" type="range" min="0" max="11"><output id="rate-value" for="rate"></output></div>
        <div class="buttons"><button type="button" id="start">New start</button></div>
        {Radios("convention", "Scale of time", ("paper", "the paper's definitions"), ("reference", "its authors' code"))}{Radios("flow", "Equation of motion", ("full", "spread of the numbers kept (equation 4)"), ("linear", "without that (equation 9)"))}</div>
        </div>
        <div class="scroll" tabindex="0" role="region" aria-label="Predicted pace"><table class="numeric">
        <caption>The pace, by the paper's definitions and by those of its authors' code, which leaves out the division by the number of equations</caption>
        <thead><tr><th scope="col">Definitions</th><th scope="col">Rate λ₃</th><th scope="col">Steps n<sub>h</sub></th><th scope="col">Expected: 3 n<sub>h</sub></th></tr></thead>
        <tbody>
        {Pace("paper", "the paper's")}{Pace("reference", "its authors' code")}</tbody>
        </table></div></section>

        """);

    private static Html Pace(string convention, string name) => Html.Of($"<tr><th scope=\"row\">{name}</th><td id=\"lambda-{convention}\"></td><td id=\"steps-{convention}\"></td><td id=\"expected-{convention}\"></td></tr>\n");

    private static Html Radios(string name, string legend, params (string Value, string Words)[] choices) => Html.Of(
        $"""
        <fieldset><legend>{legend}</legend>{choices.Select((choice, i) => Html.Of($"<label><input type=\"radio\" name=\"{name}\" value=\"{choice.Value}\"{(i == 0 ? new Html(" checked") : default)}> {choice.Words}</label>\n"))}</fieldset>

        """);
}
