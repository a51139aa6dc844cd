using System.Globalization;

namespace Goldilocks.Train.Tests;

/// <summary>The models are PyTorch's: output, loss, every gradient and ten updates, in single precision against PyTorch's double.</summary>
public sealed class TorchParityTests
{
    /// <summary>Relative to the loss, or to the norm of the tensor that holds an element.</summary>
    private const double Tolerance = 1e-6;

    private const string AttentionBias = "self_attn.in_proj_bias";

    private const double Beta1 = 0.9;

    [Theory]
    [InlineData("modular-mlp-concatenate")]
    [InlineData("modular-mlp-sum")]
    [InlineData("modular-mlp-gelu")]
    [InlineData("transformer-norm-before")]
    [InlineData("transformer-norm-none")]
    [InlineData("transformer-norm-after")]
    [InlineData("mnist-mse")]
    [InlineData("mnist-cross-entropy")]
    public void Output_loss_gradients_and_ten_updates_are_PyTorchs(string name)
    {
        var torch = TorchFixture.Read(name);
        var experiment = torch.Experiment();
        Assert.Equal(torch.Parameters.Keys.Order(), experiment.Groups.SelectMany(group => group.Parameters).Order());
        using var trainer = new Trainer(experiment);
        var losses = new List<double>();
        Assert.Equal(10, torch.Losses.Length);
        var output = trainer.InCanonicalOrder(experiment.ExportedOutputs[0]);
        AssertClose("the output", torch.Output, TorchFixture.Digest(output.AsFloats()[..(experiment.Data.Train.Length * (int)output.Shape[1])]));

        trainer.Run(1, _ => losses.Add(trainer.Record.Last.TrainLoss));
        foreach (var (parameter, expected) in torch.Parameters)
        {
            // Adam's first moment was zero, so that after one update it is (1 - β1) times the gradient.
            float[] gradient = [.. trainer.Model.ReadMoments(parameter).First.AsFloats().ToArray().Select(moment => (float)(moment / (1 - Beta1)))];
            AssertClose($"the gradient of {parameter}", expected.Gradient, TorchFixture.Digest(gradient));
        }

        trainer.Run(10, _ => losses.Add(trainer.Record.Last.TrainLoss));
        for (var step = 0; step < 10; step++) AssertClose($"the loss of step {step}", [torch.Losses[step]], [losses[step]]);
        foreach (var (parameter, expected) in torch.Parameters)
            AssertClose($"{parameter} after ten updates", expected.After, TorchFixture.Digest(Known(parameter, trainer.Model.Read(parameter).AsFloats())));
    }

    /// <summary>
    /// A bias of the keys adds the same to all scores of a query, which softmax does not see: its gradient is zero but for rounding, and Adam makes steps of
    /// full size out of that in any single precision, PyTorch's too. It is left out.
    /// </summary>
    private static ReadOnlySpan<float> Known(string parameter, ReadOnlySpan<float> value)
    {
        if (!parameter.EndsWith(AttentionBias, StringComparison.Ordinal)) return value;
        var d = value.Length / 3;
        return (float[])[.. value[..d], .. value[(2 * d)..]];
    }

    private static void AssertClose(string what, double[] expected, double[] found)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= Tolerance * Math.Abs(expected[0]), string.Create(CultureInfo.InvariantCulture,
                $"{what}, number {i} of the digest: expected {expected[i]}, found {found[i]}, off by {Math.Abs(expected[i] - found[i]) / Math.Abs(expected[0])} of {expected[0]}. HINT: the first figure that differs names the layer."));
        }
    }
}
