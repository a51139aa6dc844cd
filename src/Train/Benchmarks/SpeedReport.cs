using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>What <see cref="SpeedMeter"/> measured; field names as in <c>goldilocks bench --json</c>.</summary>
/// <param name="Environment">Machine and versions.</param>
/// <param name="InstructionSet">Vector width in use.</param>
/// <param name="PeakGflops">Fused-multiply-add peak of one core, measured in the same run (10⁹ operations per second; a fused multiply-add is two).</param>
/// <param name="Recipes">One entry per measured configuration.</param>
public sealed record SpeedReport(MachineInfo Environment, string InstructionSet, double PeakGflops, IReadOnlyList<RecipeSpeed> Recipes);

/// <summary>Training speed of one configuration, as fast as its runs can be: toy models with the accuracies of both splits and the RQI measured at every step, the others without evaluation.</summary>
/// <param name="Recipe">Recipe and what differs from its defaults.</param>
/// <param name="StepsPerSecond">Steps per second of one run on one core: the median of the measured slices.</param>
/// <param name="BestStepsPerSecond">The best slice.</param>
/// <param name="Cores">Cores of <paramref name="AllCoresStepsPerSecond"/>.</param>
/// <param name="AllCoresRuns">Runs that share these cores: one each, or a single one on all.</param>
/// <param name="AllCoresStepsPerSecond">Steps per second on all cores, all runs together.</param>
/// <param name="Scaling">All cores against one core, each as a median.</param>
/// <param name="FlopsPerStep">Floating-point operations of the matrix products of one step.</param>
/// <param name="PeakShare">Share of one core's peak: the median training slice against the median of peak measurements taken in turn with it.</param>
/// <param name="BestPeakShare">The best slice against the best peak.</param>
/// <param name="AllCoresPeakShare">Share of the peak of all cores.</param>
/// <param name="BestPeakGflops">The best measurement of one core's peak (10⁹ operations per second).</param>
/// <param name="AllocatedBytesPerStep">Managed memory allocated by the step loop.</param>
/// <param name="CompileMilliseconds">Time to compile the graph, kernels warm.</param>
/// <param name="FirstCompileMilliseconds">Time to compile it for the first time in the process.</param>
public sealed record RecipeSpeed(
    string Recipe, double StepsPerSecond, double BestStepsPerSecond, int Cores, int AllCoresRuns, double AllCoresStepsPerSecond, double Scaling, long FlopsPerStep,
    double PeakShare, double BestPeakShare, double AllCoresPeakShare, double BestPeakGflops, double AllocatedBytesPerStep, double CompileMilliseconds, double FirstCompileMilliseconds);
