using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary><c>theory critical</c>: the whole curve for one p, or how the transition scales over a range of p.</summary>
internal static class CriticalCommand
{
    private const int LargestP = 64;
    private const int MostDraws = 10_000_000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Create()
    {
        var p = new Option<string>("--p") { Description = $"Number of symbols, 3..{LargestP}; or a range such as 4..64 for the scaling of r_c", DefaultValueFactory = _ => "10" };
        var draws = new Option<int>("--draws") { Description = "Random training sets per size", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<long>("--seed") { Description = "Seed of the draws", DefaultValueFactory = _ => 0 };
        var json = new Option<bool>("--json") { Description = "With a range: print JSON" };
        var command = new Command("critical", "Probability of a unique linear structure against the training-set size, as CSV; with a range of p, r_c(p) as a table") { p, draws, seed, json };
        command.SetAction((parsed, cancellation) =>
        {
            var (from, to, range) = ParseRange(parsed.GetValue(p) ?? "");
            var (sets, first) = (parsed.GetValue(draws), parsed.GetValue(seed));
            if (sets is < 1 or > MostDraws) throw new GoldilocksException($"--draws {sets} is outside 1..{MostDraws}");
            if (first < 0) throw new GoldilocksException($"--seed {first} is outside 0..{long.MaxValue}");
            var (output, progress) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (range)
            {
                Scale(from, to, sets, first, parsed.GetValue(json), output, progress, cancellation);
            }
            else if (parsed.GetValue(json))
            {
                throw new GoldilocksException("--json needs a range of p, such as --p 4..64; for one p the curve is CSV");
            }
            else
            {
                Curve(from, sets, first, output, cancellation);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static (int From, int To, bool IsRange) ParseRange(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || !Whole(ends[0], out var from) || !Whole(ends[^1], out var to))
        {
            throw new GoldilocksException($"--p \"{text}\" is no number or range: write 10 or 4..64");
        }

        if (from < 3 || to > LargestP) throw new GoldilocksException($"--p {text} is outside 3..{LargestP}");
        if (from > to) throw new GoldilocksException($"--p {text} runs backwards: write {to}..{from}");
        return (from, to, ends.Length == 2);

        static bool Whole(string end, out int value) => int.TryParse(end, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static void Curve(int p, int draws, long seed, TextWriter output, CancellationToken cancellation)
    {
        var curve = CriticalFraction.Estimate(p, draws, (ulong)seed, Environment.ProcessorCount, cancellation);
        output.WriteLine("samples,fraction,unique,draws,low,high");
        for (var n = 1; n <= curve.Samples; n++)
        {
            var (low, high) = curve.Interval(n);
            output.WriteLine(Line($"{n},{(double)n / curve.Samples:0.0000},{curve.Successes[n]},{draws},{low:0.000000},{high:0.000000}"));
        }
    }

    /// <summary>The table grows row by row, so that it is its own progress; JSON comes at the end, with progress on the error stream.</summary>
    private static void Scale(int from, int to, int draws, long seed, bool json, TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        if (!json) output.WriteLine(Line($"toy addition, {draws} random training sets per size, seed {seed}\n   p  samples     r_c   95 % interval   10-90 % width"));
        var scaling = CriticalScaling.Estimate(
            from,
            to,
            draws,
            seed,
            Environment.ProcessorCount,
            point =>
            {
                if (json)
                {
                    progress.WriteLine(Line($"p {point.P} of {from}..{to}: r_c {point.Rc:0.0000}"));
                }
                else
                {
                    output.WriteLine(Line($"{point.P,4}  {point.Samples,7}  {point.Rc:0.0000}  {End(point.Low)}..{End(point.High)}  {point.Width,14:0.0000}"));
                }
            },
            cancellation);
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(scaling, Json));
            return;
        }

        Print("r_c", scaling.Rc, output);
        Print("width", scaling.Width, output);
        Print("width/r_c", scaling.RelativeWidth, output);
    }

    private static void Print(string name, PowerLaw? law, TextWriter output)
    {
        if (law is null) return;
        var error = law.StandardError is { } size ? Line($" (standard error {size:0.000})") : "";
        output.WriteLine(Line($"{name,-9} = {law.Factor:0.000} p^{law.Exponent:0.000}{error}"));
    }

    private static string End(double? value) => value is { } number ? Line($"{number:0.0000}") : "   ?  ";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
