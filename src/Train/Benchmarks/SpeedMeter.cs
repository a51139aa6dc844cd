using System.Diagnostics;
using Goldilocks.Core;
using Goldilocks.Data;
using Goldilocks.Numerics;

namespace Goldilocks.Train;

/// <summary>Measures training speed beside the machine's own peak, so that noisy and different machines can be compared by their ratio.</summary>
public static class SpeedMeter
{
    /// <summary>Slices of training and measurements of the peak alternate this often.</summary>
    private const double SliceSeconds = 0.004;

    private const double WarmupSeconds = 0.5;

    private static readonly BenchCase[] Cases =
    [
        new("toy-addition", "mse", ["loss=mse", "rng=reference", "convention=reference"]),
        new("toy-addition", "cross_entropy", ["loss=cross_entropy", "rng=reference", "convention=reference"]),
        new("modular-mlp", "the authors' post", []),
        new("mnist", "batch 200", []),
        new("transformer", "Figure 1", ["feed_forward=128", "dropout=0.05", "decoder_lr=2e-4", "decoder_weight_decay=1"]),
    ];

    /// <summary>Measures every recipe.</summary>
    /// <param name="seconds">Time per measurement (s); each recipe takes about three times that.</param>
    /// <param name="cancellation">Checked between slices.</param>
    public static SpeedReport Measure(double seconds, CancellationToken cancellation)
    {
        var images = Directory.CreateTempSubdirectory("goldilocks-bench-");
        try
        {
            WriteImages(images.FullName);
            RecipeSpeed[] speeds = [.. Cases.Select(one => Measure(one, images.FullName, seconds, cancellation))];
            return new SpeedReport(MachineInfo.Current(), InstructionSets.Best.ToString(), speeds.Max(speed => speed.BestPeakGflops), speeds);
        }
        finally
        {
            images.Delete(recursive: true);
        }
    }

    private static RecipeSpeed Measure(BenchCase one, string images, double seconds, CancellationToken cancellation)
    {
        var cores = Environment.ProcessorCount;
        Experiment[] runs = [.. Enumerable.Range(0, cores).Select(seed => one.Create(seed, images))];
        using var first = new Trainer(runs[0]);
        using var alone = new Trainer(one.Create(0, images));
        var single = Run([alone], seconds, cancellation);

        // Small models fill the cores with runs side by side; of large ones a single run does.
        var together = runs[0].EvaluatedSteps is not null;
        Trainer[] all = together ? [new Trainer(runs[0], threads: cores)] : [.. runs.Select(run => new Trainer(run))];
        var every = Run(all, seconds, cancellation);
        foreach (var trainer in all) trainer.Dispose();
        return new RecipeSpeed(
            one.Name,
            single.Rate,
            single.BestRate,
            cores,
            all.Length,
            every.Rate,
            every.Rate / single.Rate,
            alone.FlopsPerStep,
            single.Rate * alone.FlopsPerStep / single.Peak,
            single.BestRate * alone.FlopsPerStep / single.BestPeak,
            every.Rate * alone.FlopsPerStep / (together ? every.Peak * cores : every.Peak * all.Length),
            single.BestPeak / 1e9,
            single.AllocatedBytesPerStep,
            alone.CompileTime.TotalMilliseconds,
            first.CompileTime.TotalMilliseconds);
    }

    /// <summary>Trains side by side, one thread per trainer: slices of training and measurements of the peak in turn, as what slows the machine down slows both.</summary>
    private static Sample Run(Trainer[] trainers, double seconds, CancellationToken cancellation)
    {
        var samples = new Sample[trainers.Length];
        Parallel.For(0, trainers.Length, new ParallelOptions { MaxDegreeOfParallelism = trainers.Length }, i => samples[i] = Run(trainers[i], seconds, cancellation));
        return new Sample(samples.Sum(one => one.Rate), samples.Sum(one => one.BestRate), samples.Average(one => one.Peak), samples.Max(one => one.BestPeak), samples[0].AllocatedBytesPerStep);
    }

    private static Sample Run(Trainer trainer, double seconds, CancellationToken cancellation)
    {
        var slice = Warm(trainer, cancellation);
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
            trainer.Run(before + slice, cancellation: cancellation);
            rates.Add(slice / Stopwatch.GetElapsedTime(started).TotalSeconds);
            peaks.Add(meter.Measure());
        }
        while (total.Elapsed.TotalSeconds < seconds);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        rates.Sort();
        peaks.Sort();
        return new Sample(rates[rates.Count / 2], rates[^1], peaks[peaks.Count / 2], peaks[^1], (double)allocated / (trainer.Record.Steps - firstStep));
    }

    /// <summary>Trains until the code is compiled and the caches are filled.</summary>
    /// <returns>Steps that take about as long as a measurement of the peak.</returns>
    private static long Warm(Trainer trainer, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        for (long step = 1; step <= 2 || clock.Elapsed.TotalSeconds < WarmupSeconds; step++) trainer.Run(step, cancellation: cancellation);
        var (before, started) = (trainer.Record.Steps, clock.Elapsed.TotalSeconds);
        trainer.Run(before + 2, cancellation: cancellation);
        return Math.Max(1, (long)(2 * SliceSeconds / (clock.Elapsed.TotalSeconds - started)));
    }

    /// <summary>Images of MNIST's size: the speed of a step does not depend on what they show.</summary>
    private static void WriteImages(string folder)
    {
        var random = new Random(0);
        foreach (var (name, count) in new[] { ("train", 1000), ("t10k", 200) })
        {
            var (pixels, labels) = (new byte[count * 28 * 28], new byte[count]);
            random.NextBytes(pixels);
            for (var i = 0; i < count; i++) labels[i] = (byte)(i % 10);
            IdxFile.Write(Path.Combine(folder, $"{name}-images-idx3-ubyte"), pixels, count, 28, 28);
            IdxFile.Write(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), labels, count);
        }
    }

    private sealed record Sample(double Rate, double BestRate, double Peak, double BestPeak, double AllocatedBytesPerStep);

    private sealed record BenchCase(string Recipe, string Variant, string[] Settings)
    {
        public string Name => $"{Recipe} ({Variant})";

        public Experiment Create(int seed, string images)
        {
            var recipe = Train.Recipe.Find(Recipe);
            var settings = Settings.Select(setting => setting.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
            (settings["seed"], settings["steps"]) = ($"{seed}", "1000000000");
            foreach (var (name, value) in new[] { ("evaluate_per_decade", "1"), ("record_per_decade", "0"), ("embeddings_per_decade", "0"), ("data", images), ("validation_images", "200") })
                if (recipe.Parameters.Any(parameter => parameter.Name == name)) settings[name] = value;
            return recipe.Create(recipe.Resolve(settings));
        }
    }
}
