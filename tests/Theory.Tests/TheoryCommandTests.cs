using System.CommandLine;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Theory.Tests;

public class TheoryCommandTests
{
    [Fact]
    public void Predict_prints_the_stored_facts_of_seed_58()
    {
        using var json = JsonDocument.Parse(Run("predict", "--p", "10", "--train-samples", "45", "--seed", "58", "--rng", "reference", "--json"));
        var root = json.RootElement;
        Assert.Equal(2, root.GetProperty("nullity").GetInt32());
        Assert.Equal(44, root.GetProperty("permissible_parallelograms").GetInt32());
        Assert.Equal(1, root.GetProperty("ideal_accuracy").GetDouble());
        Assert.Equal(1, root.GetProperty("ideal_validation_accuracy").GetDouble());
        var spectrum = root.GetProperty("spectrum").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal([0.0, 0.0], spectrum[..2]);
        Assert.Equal(12.42966, spectrum[2], 5e-6);

        // The trace of AᵀA: the squared norm of the 44 rows, 4 each, or 6 where one of the two pairs is a double.
        Assert.Equal(10, spectrum.Length);
        Assert.Equal(Math.Round(spectrum.Sum()), spectrum.Sum(), 1e-9);
        Assert.InRange(spectrum.Sum(), 4 * 44, 6 * 44);
        var reference = root.GetProperty("time_scales").EnumerateArray().Single(scale => scale.GetProperty("convention").GetString() == "reference");
        Assert.Equal(12.42966, reference.GetProperty("lambda3").GetDouble(), 5e-6);

        var text = Run("predict", "--rng", "reference");
        Assert.Contains("unique linear structure", text, StringComparison.Ordinal);
        Assert.Contains("paper convention", text, StringComparison.Ordinal);
        Assert.Contains("reference convention   lambda3 12.42966, n_h 362, expected steps 3 n_h = 1086", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_too_small_has_no_expected_steps()
    {
        using var json = JsonDocument.Parse(Run("predict", "--train-samples", "5", "--json"));
        Assert.All(json.RootElement.GetProperty("time_scales").EnumerateArray(), scale => Assert.Equal(JsonValueKind.Null, scale.GetProperty("expected_steps").ValueKind));
    }

    [Theory]
    [InlineData("predict --p 2", "3..128")]
    [InlineData("predict --train-samples 56", "1..55")]
    [InlineData("predict --train-samples 0", "1..55")]
    [InlineData("predict --seed -1", "--seed -1")]
    [InlineData("predict --rng reference --seed 4294967296", "4294967295")]
    [InlineData("predict --rng refrence", "Did you mean \"reference\"?")]
    [InlineData("predict --learning-rate 0", "--learning-rate")]
    [InlineData("predict --learning-rate NaN", "--learning-rate")]
    [InlineData("critical --draws 0", "--draws 0")]
    [InlineData("critical --p 65", "3..64")]
    [InlineData("critical --p 4..65", "3..64")]
    [InlineData("critical --p 2..9", "3..64")]
    [InlineData("critical --p 9..4", "write 4..9")]
    [InlineData("critical --p 4..", "no number or range")]
    [InlineData("critical --p 4..5..6", "no number or range")]
    [InlineData("critical --p ten", "no number or range")]
    [InlineData("critical --json", "needs a range")]
    public void Bad_values_are_one_line(string arguments, string part)
    {
        var error = Assert.Throws<GoldilocksException>(() => Run(arguments.Split(' ')));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Fact]
    public void Critical_prints_a_row_per_size()
    {
        var lines = Run("critical", "--p", "5", "--draws", "50").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("samples,fraction,unique,draws,low,high", lines[0]);
        Assert.Equal(16, lines.Length);
        Assert.StartsWith("15,1.0000,50,50,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Critical_over_a_range_prints_a_row_per_p_and_the_fits()
    {
        var lines = Run("critical", "--p", "4..8", "--draws", "200").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 + 5 + 3, lines.Length);
        Assert.StartsWith("   4       10  0.", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("r_c       = ", lines[7], StringComparison.Ordinal);

        using var json = JsonDocument.Parse(Run("critical", "--p", "4..8", "--draws", "200", "--json"));
        Assert.Equal(5, json.RootElement.GetProperty("points").GetArrayLength());
        Assert.Equal(8, json.RootElement.GetProperty("points")[4].GetProperty("p").GetInt32());
        Assert.True(json.RootElement.GetProperty("rc").GetProperty("exponent").GetDouble() < 0);
    }

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var exit = TheoryCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = TextWriter.Null, EnableDefaultExceptionHandler = false });
        Assert.Equal(ExitCodes.Success, exit);
        return output.ToString();
    }
}
