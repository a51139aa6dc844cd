using Goldilocks.Graph.Compile;

namespace Goldilocks.Train;

/// <summary>The samples of a task, each with its class, and which of them are trained on.</summary>
public abstract class TaskData
{
    /// <summary>The task's name in files.</summary>
    public abstract string Task { get; }

    /// <summary>All samples, training and validation; they are numbered 0..Count-1 in canonical order.</summary>
    public abstract int Count { get; }

    /// <summary>C.</summary>
    public abstract int Classes { get; }

    /// <summary>The right class of each sample [Count].</summary>
    public abstract int[] Labels { get; }

    /// <summary>Training samples.</summary>
    public abstract int[] Train { get; }

    /// <summary>Validation samples.</summary>
    public abstract int[] Validation { get; }

    /// <summary>Puts samples into the inputs of a plan, the first of them into row 0.</summary>
    public abstract void Feed(CompiledModel plan, ReadOnlySpan<int> samples);

    /// <summary>What identifies the data in a checkpoint's metadata.</summary>
    public abstract IEnumerable<KeyValuePair<string, string>> Metadata { get; }
}
