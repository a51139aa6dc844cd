namespace Goldilocks.Train.Tests;

/// <summary>The model of recipe toy-group with two hidden layers, in double and by its definition.</summary>
internal sealed class GroupTwin(Experiment experiment, IReadOnlyList<string> parameters)
{
    /// <summary>Values by state-dict name, row-major.</summary>
    public Dictionary<string, double[]> Parameters { get; } = parameters.ToDictionary(name => name, name => Doubles(experiment, name)!);

    private double[]? Targets { get; } = Doubles(experiment, "targets");

    /// <summary>Mean loss of these samples.</summary>
    public double Loss(IReadOnlyList<int> samples) => samples.Average(Loss);

    private static double[]? Doubles(Experiment experiment, string name) =>
        experiment.Graph.Initializer(name) is { } tensor ? [.. tensor.AsFloats().ToArray().Select(value => (double)value)] : null;

    private double Loss(int sample)
    {
        var (set, e) = (experiment.Split.Samples, Parameters["embedding.weight"]);
        var size = e.Length / set.Symbols;
        var d = (int)Math.Sqrt(size);
        var product = new double[size];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++)
                for (var k = 0; k < d; k++) product[(i * d) + j] += e[(set.First[sample] * size) + (i * d) + k] * e[(set.Second[sample] * size) + (k * d) + j];
        var hidden = Array.ConvertAll(Linear("decoder.2", Array.ConvertAll(Linear("decoder.0", product), Math.Tanh)), Math.Tanh);
        var output = Linear("decoder.4", hidden);
        var label = set.Labels[sample];
        return Targets is null
            ? Math.Log(output.Sum(Math.Exp)) - output[label]
            : output.Select((value, o) => Math.Pow(value - Targets[(label * output.Length) + o], 2)).Average();
    }

    private double[] Linear(string name, double[] x)
    {
        var (weight, bias) = (Parameters[name + ".weight"], Parameters[name + ".bias"]);
        return [.. bias.Select((start, o) => start + x.Select((value, i) => weight[(o * x.Length) + i] * value).Sum())];
    }
}
