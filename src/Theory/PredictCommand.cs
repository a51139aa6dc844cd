using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary><c>theory predict</c>.</summary>
internal static class PredictCommand
{
    private const int LargestP = 128;
    private const int SpectrumShown = 10;

    private static readonly string[] Generators = ["counter", "reference"];
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Create()
    {
        var p = new Option<int>("--p") { Description = $"Number of symbols, 3..{LargestP}", DefaultValueFactory = _ => 10 };
        var trainSamples = new Option<int>("--train-samples", "--train-pairs") { Description = "Number of training samples", DefaultValueFactory = _ => 45 };
        var seed = new Option<long>("--seed") { Description = "Seed that draws the training samples", DefaultValueFactory = _ => 58 };
        var rng = new Option<string>("--rng") { Description = "counter, or reference to replay the authors' split", DefaultValueFactory = _ => "counter" };
        var rate = new Option<double>("--learning-rate") { Description = "Learning rate of the embedding", DefaultValueFactory = _ => 1e-3 };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("predict", "Predict grokking of toy addition from its training set") { p, trainSamples, seed, rng, rate, json };
        command.SetAction(parsed =>
        {
            var prediction = Predict(
                parsed.GetValue(p), parsed.GetValue(trainSamples), parsed.GetValue(seed), parsed.GetValue(rng) ?? "", parsed.GetValue(rate));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(prediction, Json));
            }
            else
            {
                Print(prediction, output);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static Prediction Predict(int p, int trainSamples, long seed, string rng, double learningRate)
    {
        if (p is < 3 or > LargestP) throw new GoldilocksException($"--p {p} is outside 3..{LargestP}");
        var samples = SampleSet.Addition(p);
        if (trainSamples < 1 || trainSamples > samples.Count)
        {
            throw new GoldilocksException($"--train-samples {trainSamples} is outside 1..{samples.Count}, the number of samples for p = {p}");
        }

        if (!(learningRate > 0) || double.IsInfinity(learningRate)) throw new GoldilocksException("--learning-rate must be a positive number");
        if (Array.IndexOf(Generators, rng) < 0)
        {
            throw new GoldilocksException($"unknown --rng \"{rng}\": counter or reference. {Suggest.Hint(rng, Generators)}");
        }

        var reference = rng == "reference";
        var largestSeed = reference ? uint.MaxValue : long.MaxValue;
        if (seed < 0 || seed > largestSeed) throw new GoldilocksException($"--seed {seed} is outside 0..{largestSeed} for --rng {rng}");
        var split = reference ? Split.ToyReference(samples, trainSamples, (uint)seed) : Split.Counter(samples, trainSamples, (ulong)seed);
        return Prediction.Of(split, seed, rng, learningRate);
    }

    private static void Print(Prediction of, TextWriter output)
    {
        output.WriteLine(Line($"toy addition, p = {of.P}: {of.TrainSamples} of {of.Samples} samples, seed {of.Seed}, rng {of.Rng}"));
        output.WriteLine(Line($"  permissible parallelograms |P0(D)|  {of.PermissibleParallelograms} of {of.Parallelograms}"));
        output.WriteLine(Line($"  nullity of A(P0(D))                 {of.Nullity}{(of.Nullity == 2 ? " (unique linear structure)" : "")}"));
        output.WriteLine(Line($"  spectrum of AᵀA                     {string.Join(' ', of.Spectrum.Take(SpectrumShown).Select(value => Line($"{value:0.####}")))}{(of.Spectrum.Count > SpectrumShown ? " ..." : "")}"));
        output.WriteLine(Line($"  ideal RQI                           {of.IdealRqi:0.0000}"));
        output.WriteLine(Line($"  ideal accuracy, all samples         {of.IdealAccuracy:0.0000}"));
        if (of.IdealValidationAccuracy is { } validation) output.WriteLine(Line($"  ideal accuracy, validation          {validation:0.0000}"));
        foreach (var scale in of.TimeScales)
        {
            output.WriteLine(scale.ExpectedSteps is { } steps
                ? Line($"  {scale.Convention + " convention",-22} lambda3 {scale.Lambda3:0.#####}, n_h {scale.RelaxationSteps:0}, expected steps 3 n_h = {steps:0} (learning rate {of.LearningRate:0.######})")
                : Line($"  {scale.Convention + " convention",-22} lambda3 0: no unique linear structure, the embedding is not expected to become a line"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
