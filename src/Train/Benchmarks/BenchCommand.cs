using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary><c>bench [--seconds S] [--json]</c></summary>
public static class BenchCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "Time per measurement.", DefaultValueFactory = _ => 2, HelpName = "S" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("bench", "Measure training speed against the machine's fused-multiply-add peak.") { seconds, json };
        command.SetAction((parsed, cancellation) =>
        {
            var time = parsed.GetValue(seconds);
            if (time is not (>= 0.1 and <= 600)) throw new GoldilocksException($"--seconds must lie in [0.1, 600], not {time.ToString(CultureInfo.InvariantCulture)}.");
            var report = SpeedMeter.Measure(time, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(report, Json));
            else Print(report, output);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static void Print(SpeedReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Environment.Processor}, {report.InstructionSet}, {report.Environment.Runtime}; peak of one core {report.PeakGflops:F1} GFLOP/s"));
        foreach (var speed in report.Recipes)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{speed.Recipe}: {Rate(speed.StepsPerSecond)} on one core (best {Rate(speed.BestStepsPerSecond)}), {speed.PeakShare:P0} of the peak (best {speed.BestPeakShare:P0}); {Rate(speed.AllCoresStepsPerSecond)} with {(speed.AllCoresRuns == 1 ? "one run" : "a run each")} on {speed.Cores} cores ({speed.Scaling:F2}x, {speed.AllCoresPeakShare:P0} of their peak); {speed.FlopsPerStep / 1e6:F2} MFLOP and {speed.AllocatedBytesPerStep:F0} bytes allocated per step; compiled in {speed.CompileMilliseconds:F1} ms (first {speed.FirstCompileMilliseconds:F1} ms)"));
        }
    }

    private static string Rate(double stepsPerSecond) => string.Create(CultureInfo.InvariantCulture, $"{stepsPerSecond:G4} steps/s ({1e3 / stepsPerSecond:G3} ms)");
}
