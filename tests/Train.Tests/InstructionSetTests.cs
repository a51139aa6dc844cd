using System.Diagnostics;
using Goldilocks.Numerics;

namespace Goldilocks.Train.Tests;

/// <summary>Training gives the same bits whatever the processor offers: each width in this process, and processes that are denied AVX-512 and AVX2.</summary>
public sealed class InstructionSetTests
{
    /// <summary>The full model for as many steps as scalar code without fused multiply-add instructions does in less than a second.</summary>
    private static readonly string[] Full = [.. Runs.Replay, "steps=20"];

    /// <summary>A narrow model over all its thresholds.</summary>
    private static readonly string[] Narrow = [.. Runs.Replay, "width=32", "decoder_lr=3e-3", "embedding_lr=1e-2", "steps=400"];

    [Theory]
    [InlineData("toy-addition", "mse")]
    [InlineData("toy-addition", "cross_entropy")]
    [InlineData("toy-group", "mse")]
    public void Sixty_steps_give_the_scalar_twins_bits_at_every_width(string recipe, string loss)
    {
        var config = Runs.Configure(recipe, [.. Runs.Replay, "steps=60", $"loss={loss}", $"batch={(recipe == "toy-group" ? 20 : 40)}"]);
        var expected = Runs.Outcome(config, InstructionSet.Scalar);
        foreach (var set in new[] { InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512 })
            Assert.True(expected == Runs.Outcome(config, set), $"Scalar and {set} differ: expected {expected}, found {Runs.Outcome(config, set)}. HINT: the kernel tests name the first kernel that differs.");
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", InstructionSet.Vector512)] // the default process where there is no AVX-512
    [InlineData("DOTNET_EnableAVX2", InstructionSet.Vector256)]
    [InlineData("DOTNET_EnableHWIntrinsic", InstructionSet.Vector128)]
    public void A_process_without_an_instruction_set_trains_to_the_same_bits(string variable, InstructionSet denied)
    {
        // Arm's baseline has its fused multiply-add and cannot be denied to the runtime.
        if (!OperatingSystem.IsLinux() || InstructionSets.Best == InstructionSet.Vector128) return;
        foreach (var settings in new[] { Full, Narrow })
        {
            var child = Child(variable, settings);
            Assert.Equal(2, child.Length);
            Assert.True(Enum.Parse<InstructionSet>(child[0]) < denied, $"{variable}=0 still leaves {child[0]}. HINT: the runtime renamed its switches; without one this test proves nothing.");
            Assert.Equal(Runs.Outcome(Runs.Configure(settings), InstructionSets.Best), child[1]);
        }
    }

    [Fact]
    public void The_narrow_model_crosses_every_threshold()
    {
        var record = Runs.Train(Runs.Configure(Narrow));
        Assert.True(record is { TrainAccuracyStep: not null, ValidationAccuracyStep: not null, RqiStep: not null },
            $"train {record.TrainAccuracyStep}, validation {record.ValidationAccuracyStep}, RQI {record.RqiStep}. HINT: the comparison of processes is to cover thresholds; choose other settings.");
    }

    private static string[] Child(string variable, string[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet") start.FileName = "dotnet";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_Enable", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment[variable] = "0";
        start.ArgumentList.Add(typeof(InstructionSetTests).Assembly.Location);
        foreach (var setting in settings) start.ArgumentList.Add(setting);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
