namespace Goldilocks.Report;

/// <summary>Things to try on the theory's page, and what its quantities mean.</summary>
internal static class TheoryWords
{
    /// <summary>The first is what the page begins with.</summary>
    public static IReadOnlyList<Experiment> Experiments { get; } =
    [
        new("published", "The authors' 45 pairs", "45 of the 55 pairs of the numbers 0 to 9: the training set of one of the authors' own runs. They leave only the number line, so each of the ten other pairs can be worked out. Point at a hatched cell to see from what."),
        new("nine", "Take away every pair with 9", "Now 9 is in no equation. Nothing tells where it belongs, so it is left wherever chance put it, and no pair with it can be worked out. More training does not help: the missing examples do."),
        new("odd", "Only odd answers", "Each pair now holds an even and an odd number. Add something to all even places and take it from all odd ones: no sum changes. So the even numbers and the odd ones are two rulers that slide along each other. Put one pair with an even answer back in. Does it help? And a second one?"),
        new("line", "A line from ten pairs", "All pairs that make 8 or 9, and nothing else. These ten are enough to leave only the number line. But most answers were never shown: the network can know that 1 + 1 and 0 + 2 are the same, and not that they are 2. And with so few springs the line takes long: compare λ₃ below."),
        new("fewest", "Everything from 27 pairs", "The fewest pairs from which everything follows: one for each of the 19 answers, and 8 more for the equations that leave only a line. Take any one away and something is lost. There are other sets of 27. Can you find one?"),
        new("clock", "Add on a clock", "On a clock, 9 + 1 is 0 again. No line can do that: all equations together leave but one place for all ten numbers. Networks that learn this put the numbers round a circle instead, which this theory of lines does not describe."),
    ];

    public static Html Section() => Html.Of(
        $"""
        <section aria-labelledby="words"><h2 id="words">What the numbers mean</h2>
        <dl class="terms">
        <dt>Equations given, |P₀(D)|</dt><dd>How many couples of shown pairs have the same answer. D is the training set. The number behind “of” counts the couples among all pairs.</dd>
        <dt>Nullity, n₀ (section 3.2, equation 7)</dt><dd>In how many independent ways the places can still be chosen when all equations hold. Two ways always remain with plain addition: the whole line may be moved, and it may be stretched. So 2 is the goal, and each one above it is a freedom that training does not settle. It is counted exactly, without rounding.</dd>
        <dt>Equations that follow, |P(D)| (appendix D)</dt><dd>All couples of pairs whose sums must agree once the given equations hold, the given ones among them.</dd>
        <dt>Ideal accuracy (appendix D)</dt><dd>The share of all pairs that were shown, or whose sum must agree with that of a shown pair. It is the best that a network with a tidy arrangement can be sure of; luck aside, it will not do better.</dd>
        <dt>Rate, λ₃ (equation 8)</dt><dd>The third smallest eigenvalue of the matrix of all springs. The two smallest are zero: moving and stretching cost nothing. The third belongs to the deviation from a line that fades most slowly. It is positive exactly when nothing else is free.</dd>
        <dt>Steps, n<sub>h</sub> = 1/(λ₃ η)</dt><dd>The time in which that deviation shrinks to 37 %, in steps of the learning rate η. After about 3 n<sub>h</sub> the line is there, and the network generalises.</dd>
        <dt>The start</dt><dd>Places are drawn evenly between −½ and ½, then moved to mean zero and stretched to spread one. The first start is the same for every visitor; “New start” draws the next.</dd>
        </dl>
        <p>The theory is a simplification: it follows the places alone and takes for granted that the rest of the network keeps up. Where that fails, networks memorise, and the other pages show when.</p>
        </section>

        """);
}
