using System.Diagnostics;
using Goldilocks.Core;
using Goldilocks.Numerics;

namespace Goldilocks.Train;

/// <summary>Measures training speed beside the machine's own peak, so that noisy and different machines can be compared by their ratio.</summary>
public static class SpeedMeter
{
    private const int SliceSteps = 20;
    private const int WarmupSteps = 600;

    private static readonly (string Recipe, string Loss)[] Configurations = [("toy-addition", "mse"), ("toy-addition", "cross_entropy")];

    /// <summary>Measures every recipe.</summary>
    /// <param name="seconds">Time per measurement (s); each recipe takes about three times that.</param>
    /// <param name="cancellation">Checked between slices.</param>
    public static SpeedReport Measure(double seconds, CancellationToken cancellation)
    {
        var measured = new List<(string Name, Sample One, Sample[] All, long Flops, double Compile, double FirstCompile)>();
        foreach (var (recipe, loss) in Configurations)
        {
            var configs = Enumerable.Range(0, Environment.ProcessorCount).Select(seed => Recipe.Find(recipe).Resolve(new Dictionary<string, string>
            {
                ["loss"] = loss,
                ["seed"] = $"{seed}",
                ["rng"] = "reference",
                ["convention"] = "reference",
                ["steps"] = "1000000000",
            })).ToArray();
            using var first = new Trainer(Recipe.Find(recipe).Create(configs[0]));
            using var again = new Trainer(Recipe.Find(recipe).Create(configs[0]));
            var one = Run(again, seconds, cancellation);
            var all = new Sample[configs.Length];
            Parallel.For(0, configs.Length, i =>
            {
                using var trainer = new Trainer(Recipe.Find(recipe).Create(configs[i]));
                all[i] = Run(trainer, seconds, cancellation);
            });
            measured.Add(($"{recipe} {loss}", one, all, again.FlopsPerStep, again.CompileTime.TotalMilliseconds, first.CompileTime.TotalMilliseconds));
        }

        return new SpeedReport(MachineInfo.Current(), InstructionSets.Best.ToString(), measured.Max(m => m.One.BestPeak) / 1e9, [.. measured.Select(m => new RecipeSpeed(
            m.Name,
            m.One.Median,
            m.One.Best,
            m.All.Length,
            m.All.Sum(sample => sample.Median),
            m.All.Sum(sample => sample.Median) / m.One.Median,
            m.Flops,
            m.One.Median * m.Flops / m.One.MedianPeak,
            m.One.Best * m.Flops / m.One.BestPeak,
            m.One.AllocatedBytesPerStep,
            m.Compile,
            m.FirstCompile))]);
    }

    /// <summary>Slices of training and measurements of the peak in turn: what slows the machine down slows both.</summary>
    private static Sample Run(Trainer trainer, double seconds, CancellationToken cancellation)
    {
        trainer.Run(WarmupSteps, cancellation: cancellation);
        using var meter = new PeakMeter(InstructionSets.Best);
        var rates = new List<double>(1 << 16);
        var peaks = new List<double>(1 << 16);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var firstStep = trainer.Record.Steps;
        var total = Stopwatch.StartNew();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var before = trainer.Record.Steps;
            var started = Stopwatch.GetTimestamp();
            trainer.Run(before + SliceSteps, cancellation: cancellation);
            rates.Add(SliceSteps / Stopwatch.GetElapsedTime(started).TotalSeconds);
            peaks.Add(meter.Measure());
        }
        while (total.Elapsed.TotalSeconds < seconds);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        rates.Sort();
        peaks.Sort();
        return new Sample(rates[rates.Count / 2], rates[^1], peaks[peaks.Count / 2], peaks[^1], (double)allocated / (trainer.Record.Steps - firstStep));
    }

    private sealed record Sample(double Median, double Best, double MedianPeak, double BestPeak, double AllocatedBytesPerStep);
}
