using System.Text.Json.Nodes;

namespace Goldilocks.Core.Tests;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [true, null, "é\n"] }""", """{"a":[true,null,"é\n"],"b":1}""")]
    [InlineData("[1, 1.0, 1e0, -0, -0.0, 0.1, 1e-5, 1E+22]", "[1,1,1,0,0,0.1,1E-05,1E+22]")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("null", "null")]
    public void Equal_values_have_one_text(string json, string expected) => Assert.Equal(expected, CanonicalJson.Write(JsonNode.Parse(json)));

    [Fact]
    public void Values_made_in_code_and_values_read_are_the_same()
    {
        var made = new JsonObject { ["x"] = 0.1, ["n"] = 5000L, ["f"] = 1f, ["s"] = "t" };
        Assert.Equal(CanonicalJson.Write(JsonNode.Parse(made.ToJsonString())), CanonicalJson.Write(made));
    }

    [Fact]
    public void The_hash_is_that_of_the_text() =>
        // printf '{"a":1}' | sha256sum
        Assert.Equal("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862", CanonicalJson.Hash(new JsonObject { ["a"] = 1 }));
}
