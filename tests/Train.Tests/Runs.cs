using System.Globalization;
using System.Security.Cryptography;
using Goldilocks.Numerics;

namespace Goldilocks.Train.Tests;

/// <summary>Configurations and short cuts of the tests.</summary>
internal static class Runs
{
    /// <summary>The settings of the run behind the paper's Figure 4 (d).</summary>
    public static readonly string[] Replay = ["seed=58", "rng=reference", "convention=reference"];

    /// <summary>Settings of the authors' runs of S3.</summary>
    public static readonly string[] GroupReplay = ["rng=reference", "convention=reference"];

    /// <summary>A run of toy-addition.</summary>
    public static RunConfig Configure(params IEnumerable<string> settings) => Configure("toy-addition", settings);

    /// <summary>A run of toy-group.</summary>
    public static RunConfig ConfigureGroup(params IEnumerable<string> settings) => Configure("toy-group", settings);

    public static RunConfig Configure(string recipe, IEnumerable<string> settings)
    {
        var values = new Dictionary<string, string>();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            values[setting[..equals]] = setting[(equals + 1)..];
        }

        return Recipe.Find(recipe).Resolve(values);
    }

    public static Experiment Experiment(RunConfig config) => Recipe.Find(config.Recipe).Create(config);

    /// <summary>Trains a run to its end, telling every state's measurement.</summary>
    public static RunRecord Train(RunConfig config, Action<long, Measurement>? observe = null)
    {
        using var trainer = new Trainer(Experiment(config));
        trainer.Run(onState: state => observe?.Invoke(state, trainer.Record.Last));
        return trainer.Record;
    }

    /// <summary>Thresholds, last measurement and a hash of all parameters and moments after a run.</summary>
    public static string Outcome(RunConfig config, InstructionSet set, int threads = 1)
    {
        var experiment = Experiment(config);
        using var trainer = new Trainer(experiment, set, threads);
        trainer.Run();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in experiment.Groups.SelectMany(group => group.Parameters))
        {
            var (first, second) = trainer.Model.ReadMoments(name);
            foreach (var tensor in new[] { trainer.Model.Read(name), first, second }) hash.AppendData(tensor.Data.Span);
        }

        var record = trainer.Record;
        return string.Create(CultureInfo.InvariantCulture,
            $"train {record.TrainAccuracyStep} validation {record.ValidationAccuracyStep} rqi {record.RqiStep} steps {record.Steps} {record.Last} {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
