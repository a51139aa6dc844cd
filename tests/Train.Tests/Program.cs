using Goldilocks.Numerics;

namespace Goldilocks.Train.Tests;

/// <summary>The second process of <see cref="InstructionSetTests"/>: trains a run of the given settings and prints what must not depend on the processor.</summary>
internal static class Program
{
    private static int Main(string[] settings)
    {
        var config = Runs.Configure(settings);
        Console.WriteLine(InstructionSets.Best);
        Console.WriteLine(Runs.Outcome(config, InstructionSets.Best));
        return 0;
    }
}
