namespace Goldilocks.Core.Tests;

public sealed class SuggestTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("seed", "sede", 1)]
    [InlineData("seed", "SEED", 0)]
    [InlineData("kitten", "sitting", 3)]
    public void Distances(string a, string b, int expected) => Assert.Equal(expected, Suggest.Distance(a, b));

    [Theory]
    [InlineData("sed", "Did you mean \"seed\"?")]
    [InlineData("zzzzzz", "Known: seed, width.")]
    public void Hints(string typed, string expected) => Assert.Equal(expected, Suggest.Hint(typed, ["seed", "width"]));
}
